/**
 * Untrusted text for Slack's mrkdwn: the three characters that begin links and mentions are escaped as Slack asks for it,
 * and a bare @channel is broken by a word joiner, should a workspace read names out of text.
 */
export function slackText(text: string, max = 2_800): string {
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  return cut
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=channel|here|everyone|group|all\b)/gi, "@\u2060");
}
