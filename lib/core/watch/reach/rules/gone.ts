import { day } from "#lib/core/Instant.ts";
import { unreachableFailures } from "#lib/core/schedule/isUnreachable.ts";
import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

export const reachGone: WatchRule<ReachSubject> = {
  id: "reach.gone",
  severity: "high",
  title: "Document is gone",
  rationale:
    "The host says itself that there is nothing any more. Whoever gets hold of the address next can put up a document of their own, and would be let in as this client.",
  clause: "RFC 9110 §15.5.5, §15.5.11 (a day and three tries are ours)",
  run({ kind, outcome, sentence, failures, repeated, outage, now }) {
    if (kind !== "document" || outcome !== "not_found" || !repeated) return [];
    const isOver = outage?.kind === "gone" && failures >= unreachableFailures && now - outage.since >= day;
    const message = isOver
      ? `The document has been gone for a day. ${sentence}`
      : `The document is gone. ${sentence}`;
    return [{ message, severity: isOver ? ("critical" as const) : undefined, value: "" }];
  },
};
