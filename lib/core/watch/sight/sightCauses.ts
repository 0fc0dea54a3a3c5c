import type { Cause } from "#lib/core/finding/Finding.ts";
import { sightRules } from "./sightRules.ts";
import type { SightSubject } from "./SightSubject.ts";

/** The causes that sightings of servers give which our own looks did not bear out. */
export function sightCauses(subjects: readonly SightSubject[]): Cause[] {
  return subjects.flatMap((subject) =>
    sightRules.flatMap((rule) =>
      rule.run(subject).map(({ message, severity, value }) => ({
        rule: rule.id,
        severity: severity ?? rule.severity,
        effect: "neutral" as const,
        message,
        path: subject.kind === "key" ? "/jwks" : "",
        ...(subject.readDigest === null ? {} : { before: subject.readDigest }),
        after: subject.digest,
        value,
      })),
    ),
  );
}
