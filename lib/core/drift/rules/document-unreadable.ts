import type { DriftRule } from "../Drift.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";

export const driftDocumentUnreadable: DriftRule = {
  id: "drift.document-unreadable",
  severity: "high",
  title: "Document can no longer be used",
  rationale:
    "Servers may not keep a document that is malformed, ambiguous or too large. Each then refuses the client, or reads what another does not.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4, §5.2, §8.7; RFC 8259 §4",
  effect: "neutral",
  run({ before, after }) {
    const fault = faultOf(after.document);
    const isNews = after.document.members === undefined && before.document.members !== undefined;
    if (fault === undefined || (faultOf(before.document) !== undefined && !isNews)) return [];
    return [{ message: `The document can no longer be used: ${fault}`, path: "" }];
  },
};

/** Bytes that servers read (draft -02 §8.7). */
const limit = 5120;

function faultOf({ faults, bytes }: ParsedDocument): string | undefined {
  const fault = faults.find(({ kind }) => kind !== "bom");
  if (fault !== undefined) return fault.message;
  return bytes > limit ? `It has ${bytes} bytes; servers read no more than ${limit}.` : undefined;
}
