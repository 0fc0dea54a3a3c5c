import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check, CheckSeverity, Problem } from "../Check.ts";

export const documentScopeSyntax: Check = {
  id: "document.scope-syntax",
  severity: "warning",
  title: "Scope that is malformed, repeated or boundless",
  rationale:
    "What a server makes of an odd scope is its own affair, and a wildcard grants whatever is added later.",
  clause:
    'RFC 6749 §3.3; draft-ietf-oauth-client-id-metadata-document-02 §8.4; atproto permissions, "Scopes"',
  example: '"scope": "mail:*  openid openid"',
  run({ members = {}, profile }) {
    const scope = members["scope"];
    if (typeof scope !== "string") return [];
    const problems: Problem[] = [];
    const found = (message: string, severity?: CheckSeverity) =>
      problems.push({ message, path: "/scope", severity });
    const tokens = scope.split(" ");
    if (scope !== "" && tokens.includes(""))
      found(
        "scope has more than one blank between names, or one at its start or end. Separate names by one blank.",
      );
    const names = tokens.filter((token) => token !== "");
    const odd = [...new Set(names.filter((name) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name)))];
    if (odd.length > 0)
      found(`${shown(odd)} in scope: characters that a scope may not have. Correct or remove it.`);
    const seen = new Set<string>();
    const twice = [...new Set(names.filter((name) => seen.has(name) || !seen.add(name)))];
    if (twice.length > 0) found(`${shown(twice)} in scope more than once. Keep one.`);
    const wild = [...new Set(names.filter((name) => name.includes("*")))];
    // The atproto permission syntax has wildcards; they are still a great deal to grant.
    if (wild.length > 0)
      found(
        `${shown(wild)} in scope: a wildcard also covers what is added later. Name what is needed.`,
        profile === "atproto" || names.includes("atproto") ? "info" : undefined,
      );
    return problems;
  },
};

function shown(names: readonly string[]): string {
  const [first = "", ...more] = names;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return `"${visibleText(first, 60)}"${others}`;
}
