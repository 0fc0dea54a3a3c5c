import type { WatchRule } from "../../WatchRule.ts";
import type { ReachOutcome, ReachSubject } from "../ReachSubject.ts";

const unusable: ReadonlySet<ReachOutcome> = new Set<ReachOutcome>([
  "unreadable",
  "too_large",
  "bad_encoding",
]);

export const reachUnreadable: WatchRule<ReachSubject> = {
  id: "reach.unreadable",
  severity: "high",
  title: "What is served is no document",
  rationale:
    "Servers may not keep a document that is malformed, ambiguous or too large. Each then refuses the client, or reads what another does not.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4, §8.7; RFC 8259 §4",
  run({ kind, outcome, sentence, repeated }) {
    if (kind !== "document" || !unusable.has(outcome) || !repeated) return [];
    return [{ message: `What is served is no document that can be used. ${sentence}`, value: "" }];
  },
};
