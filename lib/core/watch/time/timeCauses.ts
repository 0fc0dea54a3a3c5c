import { severityRank } from "#lib/core/finding/severityRank.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { timeRules } from "./timeRules.ts";
import type { TimeSubject } from "./TimeSubject.ts";

/** What the rules about time say of one client, most serious first, the quiet ones included. */
export function timeCauses(subject: TimeSubject): Cause[] {
  return timeRules
    .flatMap((rule) =>
      rule.run(subject).map(({ message, severity, value }) => ({
        rule: rule.id,
        severity: severity ?? rule.severity,
        effect: "neutral" as const,
        message,
        path: rule.id.startsWith("time.key") || rule.id === "time.rotation-missed" ? "/jwks" : "",
        value,
      })),
    )
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
}
