import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentClientIdMismatch: Check = {
  id: "document.client-id-mismatch",
  severity: "error",
  title: "client_id differs from the URL",
  rationale:
    "This equality is the whole proof of identity. One different character means that the document belongs to another client.",
  clause: draft("§4"),
  example: 'https://Neroil.github.io/… serving "https://neroil.github.io/…"',
  run({ clientId, members }) {
    const named = members?.["client_id"];
    if (typeof named !== "string" || named === clientId) return [];
    const message = `The document says client_id "${visibleText(named)}" but is the document of "${visibleText(clientId)}". Make the two the same string.`;
    return [{ message, path: "/client_id" }];
  },
};
