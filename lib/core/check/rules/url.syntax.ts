import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlSyntax: Check = {
  id: "url.syntax",
  severity: "error",
  title: "Malformed URL",
  rationale:
    "The client_id is the client's identity and is compared character by character. A string that parsers read differently is not an identity.",
  clause: `${draft("§3")}; RFC 3986 §2, §3`,
  example: "https://app.exämple.com/client.json",
  run: (facts) => clientIdProblems(facts, "syntax"),
};
