import type { Message } from "#lib/core/notice/Message.ts";
import { noticeOf } from "#lib/core/notice/noticeOf.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";

export const at = Date.UTC(2026, 10, 21, 9);

/** What somebody who publishes a document could try. */
export const hostileName =
  'Evil"]\r\nBcc: all@example.com\u202e <!channel> @channel <script>alert(1)</script> & ü';

/** A finding about a client of that name, as it would be sent. */
export function sampleMessage(name = "Tidewater", severity = "high", number = 12): Message {
  const notice = noticeOf({
    topic: "finding.opened",
    at,
    payload: {
      actor: "Rollcall",
      subject: { kind: "finding", id: `f${number}`, name: `F-${number}` },
      detail: {
        number,
        rule: "drift.redirect-added",
        severity,
        state: "open",
        message: `A redirect was added: ${name}`,
        client: { id: "c1", clientId: "https://tidewater.dev/oauth/client.json", name },
        host: "tidewater.dev",
        ownerTeamId: "t1",
        members: 1,
      },
    },
  }) as Notice;
  return { id: `event-${number}`, notice, link: `https://rollcall.example${notice.path}` };
}
