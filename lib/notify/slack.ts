import { z } from "zod";
import type { Message } from "#lib/core/notice/Message.ts";
import { defineChannel } from "./Channel.ts";
import { postUrl } from "./postUrl.ts";
import { sentOf } from "./sentOf.ts";
import { severityWord } from "./severityWord.ts";
import { slackText } from "./slackText.ts";

const signs = {
  critical: ":red_circle:",
  high: ":large_orange_circle:",
  medium: ":large_yellow_circle:",
  low: ":large_blue_circle:",
  info: ":white_circle:",
} as const;

/** A Slack incoming webhook, or something that speaks like one. */
export const slack = defineChannel({
  kind: "slack",
  title: "Slack",
  about: "Writes to a Slack channel through an incoming webhook.",
  fields: [
    {
      name: "url",
      label: "Webhook address",
      input: "url",
      secret: true,
      placeholder: "https://hooks.slack.com/services/…",
      hint: "Slack → Apps → Incoming Webhooks. Whoever knows it can write to your channel, so it is not shown again.",
    },
  ],
  secrets: ["url"],
  settings: z.object({ url: postUrl }),
  where: ({ url }) => new URL(url).host,
  async send(message, { url }, hands) {
    const posted = await hands.post({
      url,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(slackPayload(message)),
    });
    // What Slack does not take it will not take later: the webhook was removed, the channel archived.
    const isFinal = [400, 403, 404, 410].includes(posted.status ?? 0);
    if (!isFinal) return sentOf(posted);
    return {
      outcome: "refused",
      status: posted.status,
      sentence: `Slack does not take it (${posted.status}): the webhook was removed, or its channel archived.`,
    };
  },
});

/** Block Kit with a plain fallback; a text of a block has at most 3,000 characters. Nothing in it is read for names, links or mentions but our own link. */
export function slackPayload({ notice, link }: Message): Readonly<Record<string, unknown>> {
  const title = slackText(notice.title, 900);
  const facts = [
    `${signs[notice.severity]} ${severityWord[notice.severity]}`,
    ...(notice.finding ? [slackText(notice.finding.rule, 200)] : []),
    ...(notice.client ? [slackText(notice.client.clientId, 1_000)] : []),
    `<${slackText(link, 1_000)}|Open in Rollcall>`,
  ];
  const text = (content: string) => ({ type: "mrkdwn", text: content, verbatim: true });
  return {
    text: `${severityWord[notice.severity]}: ${title} — ${slackText(link, 1_000)}`,
    parse: "none",
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "section", text: text(`*${title}*\n${slackText(notice.sentence, 2_000)}`) },
      { type: "context", elements: facts.map(text) },
    ],
  };
}
