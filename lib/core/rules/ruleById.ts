import { allRules } from "./allRules.ts";
import type { KnownRule } from "./KnownRule.ts";

const byId = new Map(allRules.map((rule) => [rule.id, rule]));

/** The rule of an id, of whatever kind; undefined for one that was never released. */
export function ruleById(id: string): KnownRule | undefined {
  return byId.get(id);
}
