import type { DriftRule } from "../Drift.ts";
import { gained } from "../sameValue.ts";
import { phrase } from "../words.ts";

export const driftGrantTypeRemoved: DriftRule = {
  id: "drift.grant-type-removed",
  severity: "medium",
  title: "Way to get tokens given up",
  rationale: "Whoever still uses it is refused from now on.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "shrinkage",
  run({ before, after }) {
    const removed = gained(after.metadata.grant_types, before.metadata.grant_types);
    if (removed.length === 0) return [];
    return [
      {
        message: `The client no longer gets tokens by ${phrase(removed)}.`,
        path: "/grant_types",
        before: removed,
      },
    ];
  },
};
