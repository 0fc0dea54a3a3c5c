import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import type { WatchRule } from "../WatchRule.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeAttestationOverdue: WatchRule<TimeSubject> = {
  id: "time.attestation-overdue",
  severity: "high",
  title: "Copy that nobody compared again",
  rationale:
    "Servers act on a copy that people vouched for once. Past its date nobody vouches for it any more, and drift would go unseen.",
  clause: "Ours: a copy that people vouch for is compared every 30 days",
  run({ renewBy, now }) {
    if (renewBy === null || now < renewBy) return [];
    return [
      {
        message: `The attested copy was to be compared with the document by ${dayText(renewBy)}, and nobody did. Upload what it says now, or make the document readable.`,
        value: "",
      },
    ];
  },
};
