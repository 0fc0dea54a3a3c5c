import type { KnownRule, RuleKind } from "./KnownRule.ts";

export interface RuleFilter {
  readonly kind?: RuleKind;
  readonly severity?: KnownRule["severity"];
  /** Words that must all be found in id, title, rationale or clause; case does not matter. */
  readonly text?: string;
}

/** The rules that a filter leaves, in their order. */
export function filterRules(rules: readonly KnownRule[], { kind, severity, text = "" }: RuleFilter) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter((rule) => {
    if (kind !== undefined && rule.kind !== kind) return false;
    if (severity !== undefined && rule.severity !== severity) return false;
    const whole = [rule.id, rule.title, rule.rationale, rule.clause].join("\n").toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
