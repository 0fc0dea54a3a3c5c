import { alternationsToFreeze } from "#lib/core/sync/recallDigests.ts";
import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

export const reachFlapping: WatchRule<ReachSubject> = {
  id: "reach.flapping",
  severity: "high",
  title: "Document changes to and fro",
  rationale:
    "Servers that fetch at different times trust different documents. It may be a roll-out that hangs between two machines, or one answer for us and another for somebody else.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §5.2 (three returns within a day are ours)",
  run({ alternations }) {
    if (alternations < alternationsToFreeze) return [];
    const message = `Within a day the document went back ${alternations} times to one that another had replaced. What was live then stays, until it has settled.`;
    return [{ message, value: "" }];
  },
};
