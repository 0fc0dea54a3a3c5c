import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlScheme: Check = {
  id: "url.scheme",
  severity: "error",
  title: "Scheme other than https",
  rationale:
    "Only TLS ties the document to the domain that the client_id names. Without it anyone on the network path can write the document.",
  clause: draft("§3"),
  example: "http://app.acme.com/client.json",
  run: (facts) => clientIdProblems(facts, "scheme"),
};
