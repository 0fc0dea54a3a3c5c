import type { CheckResult, CheckSeverity } from "./Check.ts";
import type { CheckSubject } from "./CheckSubject.ts";
import { checks } from "./checks.ts";
import { factsOf } from "./factsOf.ts";
import { judgesStatements, statedFacts } from "./statedFacts.ts";

const rank: Readonly<Record<CheckSeverity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Runs every check: errors first, then warnings, then what is worth knowing; within these in the order of the list.
 * A software statement counts for servers that believe it and not for the others, so a document that carries one is
 * judged both ways.
 */
export function runChecks(subject: CheckSubject): CheckResult[] {
  const facts = factsOf(subject);
  const stated = statedFacts(subject);
  const results: CheckResult[] = [];
  for (const check of checks) {
    const problems = check.run(facts);
    for (const { message, path, severity = check.severity } of problems) {
      results.push({ rule: check.id, severity, message, path });
    }
    if (stated === undefined || !judgesStatements(check)) continue;
    const known = new Set(problems.map(({ message }) => message));
    for (const { message, severity = check.severity } of check.run(stated)) {
      if (known.has(message)) continue;
      const told = `By its software_statement: ${message}`;
      results.push({ rule: check.id, severity, message: told, path: "/software_statement" });
    }
  }
  return results.sort((a, b) => rank[a.severity] - rank[b.severity]);
}
