import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

export const reachMoved: WatchRule<ReachSubject> = {
  id: "reach.moved",
  severity: "high",
  title: "Document redirects elsewhere",
  rationale:
    "A redirect is not followed, so every server refuses the client from now on. It often comes before the address changes hands.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §5",
  run({ kind, outcome, sentence, repeated, answeredBefore }) {
    if (kind !== "document" || outcome !== "redirect" || !repeated || !answeredBefore) return [];
    return [{ message: `The document was here and now redirects. ${sentence}`, value: "" }];
  },
};
