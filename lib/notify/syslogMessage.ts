import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Message } from "#lib/core/notice/Message.ts";
import { ocsfOf } from "./ocsf.ts";

/** RFC 5424 §6.2.1: log audit. */
const facility = 13;
const levels: Readonly<Record<DriftSeverity, number>> = { critical: 2, high: 3, medium: 4, low: 5, info: 6 };

/**
 * One message of RFC 5424, without framing: its text is OCSF as JSON. A byte order mark precedes it exactly when it has
 * characters beyond ASCII (§6.4).
 */
export function syslogMessage(message: Message, hostName: string): Buffer {
  const { id, notice, link } = message;
  const data = [
    '[origin software="Rollcall"]',
    element("rollcall@32473", {
      event: id,
      severity: notice.severity,
      url: link,
      clientId: notice.client?.clientId,
      finding: notice.finding && `F-${notice.finding.number}`,
      rule: notice.finding?.rule,
    }),
  ].join("");
  const header = [
    `<${facility * 8 + levels[notice.severity]}>1`,
    new Date(notice.at).toISOString(),
    word(hostName, 255),
    "rollcall",
    "-",
    word(notice.topic, 32),
  ].join(" ");
  const text = JSON.stringify(ocsfOf(message));
  const mark = /^[\x20-\x7e]*$/.test(text) ? "" : "\ufeff";
  return Buffer.from(`${header} ${data} ${mark}${text}`);
}

/** Octet counting (RFC 6587 §3.4.1, RFC 5425 §4.3): nothing inside a message can end it. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

function element(id: string, params: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    value ? [`${name}="${value.replace(/["\\\]]/g, "\\$&")}"`] : [],
  );
  return `[${[id, ...given].join(" ")}]`;
}

/** PRINTUSASCII without spaces; nothing is written as "-". */
function word(text: string, max: number): string {
  return text.replace(/[^\x21-\x7e]/g, "").slice(0, max) || "-";
}
