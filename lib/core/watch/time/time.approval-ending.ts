import { day } from "#lib/core/Instant.ts";
import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import type { WatchRule } from "../WatchRule.ts";
import type { TimeSubject } from "./TimeSubject.ts";

export const timeApprovalEnding: WatchRule<TimeSubject> = {
  id: "time.approval-ending",
  severity: "medium",
  title: "Approval that ends",
  rationale:
    "When an approval ends every list refuses the client, and people who use it are locked out. Renewing it takes a decision, and decisions take days.",
  clause: "Ours: an approval is for a time",
  run({ lifecycle, validUntil, now }) {
    if (lifecycle !== "approved" || validUntil === null || validUntil - now > 14 * day) return [];
    return [
      {
        message:
          validUntil <= now
            ? `The approval ended on ${dayText(validUntil)}: every list refuses the client. Ask for renewal, or retire it.`
            : `The approval ends on ${dayText(validUntil)}. Ask for renewal, or retire it.`,
        severity: validUntil - now > 3 * day ? "low" : undefined,
        value: "",
      },
    ];
  },
};
