import { driftSeverities } from "#lib/core/drift/Drift.ts";
import type { DigestLine } from "#lib/core/notice/Message.ts";
import { htmlText } from "./htmlText.ts";
import type { Mail } from "./Hands.ts";
import { severityWord } from "./severityWord.ts";

type Text = Pick<Mail, "subject" | "text" | "html">;

/** One notice as a mail. */
export function noticeMail(line: DigestLine): Text {
  const { notice } = line;
  return {
    subject: oneLine(`[Rollcall] ${severityWord[notice.severity]}: ${notice.title}`),
    text: [...plainLines(line), "", signature].join("\n"),
    html: page(paragraph(line)),
  };
}

/** A day's notices as one mail, the gravest first; those about the same client stand together. */
export function digestMail(lines: readonly DigestLine[], more = 0): Text {
  const groups = driftSeverities.flatMap((severity) => {
    const found = lines
      .filter(({ notice }) => notice.severity === severity)
      .sort((a, b) => subjectOf(a).localeCompare(subjectOf(b)) || a.notice.at - b.notice.at);
    return found.length > 0 ? [{ title: severityWord[severity], found }] : [];
  });
  const rest = more > 0 ? `And ${more} more, which the screens show.` : "";
  const counts = groups.map(({ title, found }) => `${found.length} ${title.toLowerCase()}`).join(", ");
  return {
    subject: oneLine(`[Rollcall] Digest: ${counts}`),
    text: [
      ...groups.flatMap(({ title, found }) => [
        `${title} (${found.length})`,
        "",
        ...found.flatMap((line) => [...plainLines(line), ""]),
      ]),
      ...(rest ? [rest, ""] : []),
      signature,
    ].join("\n"),
    html: page(
      groups
        .map(
          ({ title, found }) =>
            `<h2 style="font-size:15px;margin:20px 0 8px">${title} (${found.length})</h2>${found.map(paragraph).join("")}`,
        )
        .join("") + htmlText(rest),
    ),
  };
}

const signature = "Sent by Rollcall. An administrator changes it under Settings → Notifications.";

function plainLines({ notice, link }: DigestLine): string[] {
  return [
    notice.title,
    ...(notice.sentence ? [notice.sentence] : []),
    `${factsOf({ notice, link })} · ${link}`,
  ];
}

function factsOf({ notice }: DigestLine): string {
  const when = `${new Date(notice.at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return [severityWord[notice.severity], when, ...(notice.finding ? [notice.finding.rule] : [])].join(" · ");
}

function paragraph(line: DigestLine): string {
  const { notice, link } = line;
  return [
    '<p style="margin:0 0 14px">',
    `<a href="${htmlText(link)}" style="font-weight:600;color:#4b3fc4">${htmlText(notice.title)}</a><br>`,
    notice.sentence ? `${htmlText(notice.sentence)}<br>` : "",
    `<span style="color:#5b6270;font-size:13px">${htmlText(factsOf(line))}</span></p>`,
  ].join("");
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><body style="font:15px/1.5 system-ui,sans-serif;color:#1b1f27;margin:16px">${content}<p style="color:#5b6270;font-size:13px">${htmlText(signature)}</p></body></html>`;
}

function subjectOf({ notice }: DigestLine): string {
  return notice.client?.clientId ?? notice.finding?.host ?? "";
}

/** A header is one line, whatever a name holds. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
