import type { RuleFilter } from "#lib/core/rules/filterRules.ts";
import { type KnownRule, ruleKinds } from "#lib/core/rules/KnownRule.ts";

export type Severity = KnownRule["severity"];

/** Most serious first, the scale of findings before that of checks. */
export const severities: readonly Severity[] = [
  "critical",
  "high",
  "medium",
  "low",
  "error",
  "warning",
  "info",
];

/** The filter that an address asks for; what it does not understand is left out. */
export function readRulesQuery(asked: Record<string, string | string[] | undefined>): RuleFilter {
  const one = (name: string) => [asked[name]].flat()[0];
  return {
    kind: ruleKinds.find((kind) => kind === one("kind")),
    severity: severities.find((severity) => severity === one("severity")),
    text: one("q")?.trim().slice(0, 200) || undefined,
  };
}

/** The address that asks for a filter. */
export function rulesHref({ kind, severity, text }: RuleFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: text, kind, severity })) if (value) query.set(name, value);
  return query.size > 0 ? `/rules?${query}` : "/rules";
}
