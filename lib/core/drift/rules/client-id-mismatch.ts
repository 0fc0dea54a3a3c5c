import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftClientIdMismatch: DriftRule = {
  id: "drift.client-id-mismatch",
  severity: "critical",
  title: "Document names another client",
  rationale:
    "Every server refuses a document that is not about its own address. Somebody else's document at this address is a sign of a takeover.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4",
  effect: "growth",
  run({ clientId, before, after }) {
    const [from, to] = [before.metadata.client_id, after.metadata.client_id];
    if (to === clientId || to === from) return [];
    const says = to === undefined ? "no longer names a client_id" : `names ${quoted(to)} as its client_id`;
    return [
      {
        message: `The document ${says}; it is registered as ${quoted(clientId)}.`,
        path: "/client_id",
        before: from,
        after: to,
      },
    ];
  },
};
