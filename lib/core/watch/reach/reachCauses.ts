import type { Cause } from "#lib/core/finding/Finding.ts";
import { reachRules } from "./reachRules.ts";
import type { ReachSubject } from "./ReachSubject.ts";

/** The causes that a look gives by how it reached the document, or did not. */
export function reachCauses(subject: ReachSubject): Cause[] {
  return reachRules.flatMap((rule) =>
    rule.run(subject).map(({ message, severity, value }) => ({
      rule: rule.id,
      severity: severity ?? rule.severity,
      effect: "neutral" as const,
      message,
      path: "response",
      value,
    })),
  );
}
