import type { DriftRule } from "../Drift.ts";

import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";

export const driftFormattingOnly: DriftRule = {
  id: "drift.formatting-only",
  severity: "low",
  title: "Written differently, means the same",
  rationale: "Defaults were written out or lists put in another order. Nothing changes for anybody.",
  clause: "RFC 7591 §2; RFC 8785",
  effect: "neutral",
  run: ({ before, after }) =>
    isSameText(before.document, after.document)
      ? []
      : [{ message: "The document was written differently and still means the same.", path: "" }],
};

/** Whether the RFC 8785 forms are equal; of documents that have none, the texts. */
function isSameText(before: ParsedDocument, after: ParsedDocument): boolean {
  if (before.text === after.text) return true;
  const canonical = after.digests?.canonical;
  return canonical !== undefined && canonical === before.digests?.canonical;
}
