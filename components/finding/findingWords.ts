import type { DismissReason, FindingState } from "#lib/core/finding/Finding.ts";

/** Why a finding may be dismissed, as people say it, with what that means. */
export const dismissWords: Readonly<Record<DismissReason, readonly [label: string, hint: string]>> = {
  expected_change: ["The change was meant", "The owner announced it, or confirms it."],
  false_positive: [
    "It is not so",
    "The rule is wrong about this document; say how, so that it can be mended.",
  ],
  kept_out: ["It is kept out elsewhere", "A server, a proxy or a policy refuses what this is about."],
  duplicate: ["Another finding covers it", "Name its number below."],
  tested_on_purpose: ["Somebody tests on purpose", "A trial, an exercise or a preview environment."],
  out_of_scope: ["It is not ours to watch", "Nobody here signs in with it."],
};

export const stateLabels: Readonly<Record<FindingState, string>> = {
  open: "Open",
  acknowledged: "Acknowledged",
  snoozed: "Snoozed",
  dismissed: "Dismissed",
  waived: "Waived",
  resolved: "Resolved",
};
