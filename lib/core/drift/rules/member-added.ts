import type { DriftRule } from "../Drift.ts";
import { isPrivateMember, otherMembers, shownValue } from "../otherMembers.ts";

export const driftMemberAdded: DriftRule = {
  id: "drift.member-added",
  severity: "medium",
  title: "New member in the document",
  rationale:
    "No rule here gives this member a meaning. A server that does may act on it, so a person should look once.",
  clause: "RFC 7591 §2 (unknown metadata is ignored)",
  effect: "neutral",
  run: (subject) =>
    otherMembers(subject)
      .filter(({ from }) => from === undefined)
      .map(({ name, path, to }) => ({
        message: `The document has a new member, ${name}: ${shownValue(to)}.`,
        path,
        severity: isPrivateMember(name) ? ("info" as const) : undefined,
        after: to,
      })),
};
