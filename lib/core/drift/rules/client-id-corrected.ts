import type { DriftRule } from "../Drift.ts";
import { quoted } from "../words.ts";

export const driftClientIdCorrected: DriftRule = {
  id: "drift.client-id-corrected",
  severity: "low",
  title: "Document names its own address again",
  rationale: "The document counts again wherever it was refused before.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4",
  effect: "neutral",
  run: ({ clientId, before, after }) =>
    after.metadata.client_id === clientId && before.metadata.client_id !== clientId
      ? [
          {
            message: `The document now names ${quoted(clientId)}, its own address.`,
            path: "/client_id",
            before: before.metadata.client_id,
            after: clientId,
          },
        ]
      : [],
};
