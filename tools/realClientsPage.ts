import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import type { CheckResult, Verdict } from "#lib/core/check/Check.ts";
import { checks } from "#lib/core/check/checks.ts";
import { runChecks } from "#lib/core/check/runChecks.ts";
import type { CheckSubject } from "#lib/core/check/CheckSubject.ts";
import { verdictOf } from "#lib/core/check/verdictOf.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { documentOf, parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { type Profile, profiles } from "#lib/core/profile.ts";
import { markdownTable } from "./markdownTable.ts";

interface Line {
  readonly url: string;
  readonly kind: "metadata" | "jwks";
  readonly completeness: string;
  readonly retrieved?: string;
  readonly body?: object;
  readonly error?: string;
  readonly http_status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw_size_bytes?: number;
}

interface Judged {
  readonly line: Line;
  readonly results: readonly CheckResult[];
  readonly verdict: Verdict;
}

const source = new URL("../e2e/sandbox/real-clients.jsonl", import.meta.url);

function judge(line: Line, profile: Profile): Judged {
  const results = runChecks(subjectOf(line, profile));
  return { line, results, verdict: verdictOf(results) };
}

function subjectOf(
  { url, kind, body, error, http_status, headers, raw_size_bytes }: Line,
  profile: Profile,
): CheckSubject {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response =
    http_status === undefined || headers === undefined
      ? undefined
      : { status: http_status, headers: lowerCase(headers), bytes: raw_size_bytes ?? 0 };
  // A key set has no client_id of its own: its URL stands in, and only its keys and its URL are judged.
  if (kind === "jwks")
    return { clientId: url, profile, keySet: parseKeySet(text ?? "", url), keySetResponse: response };
  const document = text === undefined ? unreadable(error) : parseDocument(text);
  return { clientId: url, profile, document, response };
}

// Bodies that could not be parsed were not kept.
function unreadable(error: string | undefined) {
  if (error !== "Invalid JSON") return undefined;
  const fault = { kind: "not_json", message: "The body is not JSON.", path: "" } as const;
  return documentOf({ value: undefined, faults: [fault], text: "", bytes: 0 });
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** docs/real-clients.md: every line of the collection, judged. */
export function realClientsPage(): string {
  const lines = readFileSync(source, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const judged = lines.map((line) => judge(line, "ietf"));
  const output = [
    "# Real clients, checked",
    "",
    `${lines.length} documents and key sets as they were served or published during 2026, judged by the checks of [rules.md](rules.md).`,
    "This page is written from `e2e/sandbox/real-clients.jsonl` by `node tools/realClientsPage.ts`.",
    "",
    "The verdicts are of the `ietf` profile. The column beside it names other profiles whose verdict differs. A key set is judged alone: its own URL stands in for a client_id, so only the checks of keys and of that URL apply.",
    "A document that was collected second-hand (without headers) is judged without its response. Nothing here says that a client is trustworthy or not: `valid` means that no clause is broken.",
    "",
    "## Verdicts",
    "",
    ...markdownTable(
      ["profile", "valid", "warn", "invalid"],
      profiles.map((profile) => countsOf(profile, lines)),
    ),
    "",
    "## What stands out",
    "",
    ...whatStandsOut(judged),
    "",
    "## Every one",
    "",
    ...markdownTable(
      ["verdict", "elsewhere", "URL", "why, and the clause"],
      judged.map((each) => rowOf(each)),
    ),
  ];
  return `${output.join("\n")}\n`;
}

function countsOf(profile: Profile, lines: readonly Line[]): string[] {
  const verdicts = lines.map((line) => judge(line, profile).verdict);
  const count = (verdict: Verdict) => String(verdicts.filter((each) => each === verdict).length);
  return [profile, count("valid"), count("warn"), count("invalid")];
}

function whatStandsOut(judged: readonly Judged[]): string[] {
  const documents = judged.filter(({ line }) => line.kind === "metadata" && line.body !== undefined);
  const having = (rule: string) =>
    judged.filter(({ results }) => results.some((result) => result.rule === rule)).length;
  const failed = judged.filter(({ line }) => line.body === undefined).length;
  return [
    `- ${documents.length} documents could be read; ${failed} URLs gave none, mostly with status 503. A failed fetch is an error here because no earlier copy is kept; for a client that is already known it would be a warning.`,
    `- ${having("document.client-id-mismatch")} documents name another client_id than their URL: by host case, by path, or by another domain. None of them can work anywhere that follows the draft.`,
    `- ${having("url.shared-host")} of the URLs lie on a shared host, most on github.io: the domain proves which tenant wrote the document, no more.`,
    `- ${having("redirect.loopback")} clients redirect to the person's own computer, and ${having("redirect.loopback-only")} of them to nowhere else without authenticating. Most well-known developer tools are among them, so this is a warning and not an error.`,
    `- ${having("document.could-authenticate")} public clients redirect to web servers only. Those with a server part could keep a key; the document does not say which have one. For many it is the only warning.`,
    `- ${having("document.auth-method-one-form")} name their method in one form only, nearly always the single value that today's specifications ask for: a note, no warning.`,
    `- ${having("redirect.private-scheme")} use an app's own scheme, ${having("redirect.scheme-without-period")} of them one without a period, which RFC 8252 §8.4 asks servers to refuse.`,
    `- ${having("key.private-material")} key set publishes parts of its private key (p, q, dp, dq, qi, though not d): enough to sign as the client.`,
    `- ${having("fetch.content-type")} answers with status 200 are not JSON by their Content-Type: plain text from a file host, and a web page in place of a document.`,
    `- ${having("fetch.cache")} answers have caching headers worth a note, or none.`,
  ];
}

function rowOf({ line, results, verdict }: Judged): string[] {
  const elsewhere = profiles
    .filter((profile) => profile !== "ietf")
    .map((profile) => [profile, judge(line, profile).verdict] as const)
    .filter(([, other]) => other !== verdict)
    .map(([profile, other]) => `${profile}: ${other}`)
    .join(", ");
  const what =
    line.kind === "jwks"
      ? "key set"
      : line.completeness.startsWith("full")
        ? ""
        : visibleText(line.completeness.split(/[(;,]/)[0]?.trim() ?? "");
  const url = `\`${visibleText(line.url, 300)}\``;
  return [verdict, elsewhere, what === "" ? url : `${url} (${what})`, reasons(results)];
}

function reasons(results: readonly CheckResult[]): string {
  const telling = results.filter(({ severity }) => severity !== "info");
  const byRule = new Map<string, CheckResult[]>();
  for (const result of telling) byRule.set(result.rule, [...(byRule.get(result.rule) ?? []), result]);
  return [...byRule]
    .map(([rule, [first, ...more]]) => {
      const clause = checks.find(({ id }) => id === rule)?.clause ?? "";
      const times = more.length === 0 ? "" : ` (and ${more.length} more)`;
      return `\`${rule}\`: ${first?.message ?? ""}${times} [${shortClause(clause)}]`;
    })
    .join(" · ");
}

function shortClause(clause: string): string {
  return clause.replaceAll("draft-ietf-oauth-client-id-metadata-document-", "draft -");
}

if (argv[1] === import.meta.filename) {
  writeFileSync(new URL("../docs/real-clients.md", import.meta.url), realClientsPage());
}
