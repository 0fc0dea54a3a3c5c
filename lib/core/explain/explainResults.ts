import type { Check, CheckResult, CheckSeverity } from "#lib/core/check/Check.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";

/** A check's result with why it matters and which clause says so. */
export interface ExplainedResult extends CheckResult {
  readonly title: string;
  readonly rationale: string;
  readonly clause: string;
}

const order: readonly CheckSeverity[] = ["error", "warning", "info"];

/** Results with their reasons, most serious first; those of one severity stay in their order. */
export function explainResults(
  results: readonly CheckResult[],
  checks: readonly Pick<Check, "id" | "title" | "rationale" | "clause">[],
): ExplainedResult[] {
  const known = new Map(checks.map((check) => [check.id, check]));
  return results
    .map((result) => {
      const check = known.get(result.rule);
      return {
        ...result,
        message: visibleText(result.message, 600),
        title: check?.title ?? result.rule,
        rationale: check?.rationale ?? "",
        clause: check?.clause ?? "",
      };
    })
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
