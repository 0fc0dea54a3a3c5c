import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlFragment: Check = {
  id: "url.fragment",
  severity: "error",
  title: "Fragment",
  rationale: "A fragment is never sent to the server, so several client_ids would share one document.",
  clause: draft("§3"),
  example: "https://app.acme.com/client.json#a",
  run: (facts) => clientIdProblems(facts, "fragment"),
};
