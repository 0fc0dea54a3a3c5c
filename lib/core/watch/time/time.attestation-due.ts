import { day } from "#lib/core/Instant.ts";
import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import type { WatchRule } from "../WatchRule.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeAttestationDue: WatchRule<TimeSubject> = {
  id: "time.attestation-due",
  severity: "medium",
  title: "Copy to be compared again soon",
  rationale:
    "Nobody but people can see whether an attested copy is still what its owner publishes. The longer ago they looked, the less it says.",
  clause: "Ours: a copy that people vouch for is compared every 30 days",
  run({ renewBy, now }) {
    if (renewBy === null || now >= renewBy || renewBy - now > 7 * day) return [];
    return [
      {
        message: `The attested copy is to be compared with the document again by ${dayText(renewBy)}.`,
        severity: renewBy - now > 3 * day ? "low" : undefined,
        value: "",
      },
    ];
  },
};
