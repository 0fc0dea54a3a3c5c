import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { Message } from "#lib/core/notice/Message.ts";
import { defineChannel } from "./Channel.ts";
import { postUrl } from "./postUrl.ts";
import { sentOf } from "./sentOf.ts";

const secret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/);

/** Standard Webhooks 1.0 (standardwebhooks.com): signed JSON, one id per event on every try. */
export const webhook = defineChannel({
  kind: "webhook",
  title: "Webhook",
  about: "Posts signed JSON to your own program, in the format of Standard Webhooks.",
  fields: [
    {
      name: "url",
      label: "Address",
      input: "url",
      placeholder: "https://hooks.example.com/rollcall",
      hint: "Posted to over https. It must answer with 2xx within 10 seconds.",
    },
  ],
  secrets: ["secret", "previousSecret"],
  signs: true,
  settings: z.object({
    url: postUrl,
    secret,
    /** Signs beside the new one until the instant given. */
    previousSecret: secret.optional(),
    previousSecretUntil: z.number().optional(),
  }),
  where: ({ url }) => new URL(url).host,
  async send(message, settings, hands) {
    const now = hands.now();
    const body = JSON.stringify(webhookPayload(message));
    const { previousSecret, previousSecretUntil = 0 } = settings;
    const secrets =
      previousSecret && previousSecretUntil > now ? [settings.secret, previousSecret] : [settings.secret];
    const signatures = secrets.map((each) => new Webhook(each).sign(message.id, new Date(now), body));
    const posted = await hands.post({
      url: settings.url,
      headers: {
        "content-type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": String(Math.floor(now / 1_000)),
        "webhook-signature": signatures.join(" "),
      },
      body,
    });
    return sentOf(posted);
  },
});

/** What a receiver gets: members in snake_case, moments in ISO 8601. */
export function webhookPayload({ notice, link }: Message): Readonly<Record<string, unknown>> {
  const { client, finding } = notice;
  return {
    type: notice.topic,
    timestamp: new Date(notice.at).toISOString(),
    data: {
      title: notice.title,
      sentence: notice.sentence,
      severity: notice.severity,
      url: link,
      by: notice.by,
      owner_team_id: notice.ownerTeamId,
      client: client && { id: client.id, client_id: client.clientId, name: client.name },
      finding,
      request: notice.request,
    },
  };
}
