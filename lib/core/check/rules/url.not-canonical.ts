import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlNotCanonical: Check = {
  id: "url.not-canonical",
  severity: "warning",
  title: "Not in canonical form",
  rationale:
    "client_ids are never normalised before they are compared. A spelling that software tidies on its way will not match its own document.",
  clause: `${draft("§3")}; RFC 3986 §6.2.1`,
  example: "https://Neroil.github.io/client.json",
  run: (facts) => clientIdProblems(facts, "not_canonical", facts.profile === "atproto" ? "error" : undefined),
};
