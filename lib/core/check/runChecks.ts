import type { CheckResult, CheckSeverity } from "./Check.ts";
import type { CheckSubject } from "./CheckSubject.ts";
import { checks } from "./checks.ts";
import { factsOf } from "./factsOf.ts";

const rank: Readonly<Record<CheckSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Runs every check: errors first, then warnings, then what is worth knowing; within these in the order of the list. */
export function runChecks(subject: CheckSubject): CheckResult[] {
  const facts = factsOf(subject);
  const results: CheckResult[] = [];
  for (const check of checks) {
    for (const { message, path, severity = check.severity } of check.run(facts)) {
      results.push({ rule: check.id, severity, message, path });
    }
  }
  return results.sort((a, b) => rank[a.severity] - rank[b.severity]);
}
