import type { DriftRule } from "../Drift.ts";
import { gained } from "../sameValue.ts";
import { phrase } from "../words.ts";

export const driftScopeNarrowed: DriftRule = {
  id: "drift.scope-narrowed",
  severity: "low",
  title: "Client asks for less",
  rationale: "Less access is no risk. Somebody may miss it.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "shrinkage",
  run({ before, after }) {
    const removed = gained(after.metadata.scope, before.metadata.scope);
    if (removed.length === 0) return [];
    return [
      { message: `The client no longer asks for ${phrase(removed)}.`, path: "/scope", before: removed },
    ];
  },
};
