import type { DriftRule } from "../Drift.ts";
import { gained } from "../sameValue.ts";
import { phrase } from "../words.ts";

export const driftScopeWidened: DriftRule = {
  id: "drift.scope-widened",
  severity: "high",
  title: "Client may ask for more",
  rationale:
    "The approved access still limits what it gets, but a wider document makes a wider request look ordinary.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "growth",
  run({ before, after, facts: { approvedScopes } }) {
    const added = gained(before.metadata.scope, after.metadata.scope);
    if (added.length === 0) return [];
    const beyond = approvedScopes === undefined ? [] : gained(approvedScopes, added);
    return [
      {
        message: `The client may now ask for ${phrase(added)}${beyond.length > 0 ? `; never approved: ${phrase(beyond)}` : ""}.`,
        path: "/scope",
        severity: beyond.length > 0 ? "critical" : undefined,
        after: added,
      },
    ];
  },
};
