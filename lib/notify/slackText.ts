const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Untrusted text for Slack's mrkdwn: the three characters that begin links and mentions are escaped as Slack asks for it,
 * and a bare @channel is broken by a word joiner, should a workspace read names out of text. What is longer than `max`
 * UTF-16 units once it is escaped is cut, never inside an escape or a character: Slack refuses what is too long or broken.
 */
export function slackText(text: string, max: number): string {
  const broken = text.toWellFormed().replace(/@(?=channel|here|everyone|group|all\b)/gi, "@\u2060");
  let shown = "";
  for (const character of broken) {
    const written = escapes[character] ?? character;
    if (shown.length + written.length >= max) return `${shown}…`;
    shown += written;
  }
  return shown;
}
