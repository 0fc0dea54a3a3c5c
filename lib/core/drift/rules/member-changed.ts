import type { DriftRule } from "../Drift.ts";
import { isPrivateMember, otherMembers, shownValue } from "../otherMembers.ts";

export const driftMemberChanged: DriftRule = {
  id: "drift.member-changed",
  severity: "medium",
  title: "Other member changed",
  rationale:
    "No rule here gives this member a meaning. A server that does may act on the new value, so a person should look once.",
  clause: "RFC 7591 §2 (unknown metadata is ignored)",
  effect: "neutral",
  run: (subject) =>
    otherMembers(subject)
      .filter(({ from }) => from !== undefined)
      .map(({ name, path, from, to }) =>
        to === undefined
          ? {
              message: `The member ${name} was removed; it was ${shownValue(from)}.`,
              path,
              severity: "low" as const,
              before: from,
            }
          : {
              message: `The member ${name} changed from ${shownValue(from)} to ${shownValue(to)}.`,
              path,
              severity: isPrivateMember(name) ? ("info" as const) : undefined,
              before: from,
              after: to,
            },
      ),
};
