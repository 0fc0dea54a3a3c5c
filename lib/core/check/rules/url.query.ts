import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlQuery: Check = {
  id: "url.query",
  severity: "warning",
  title: "Query string",
  rationale:
    "Servers often copy query parameters into what they answer, which lets anyone mint documents on someone else's domain.",
  clause: draft("§3 (SHOULD NOT)"),
  example: "https://app.acme.com/client.json?redirect_uri=https://evil.net",
  run: (facts) => clientIdProblems(facts, "query"),
};
