import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlRootPath: Check = {
  id: "url.root-path",
  severity: "warning",
  title: 'Path is only "/"',
  rationale:
    "The front page of a site is rarely meant as a client's identity, and https://app.acme.com would look the same to a person.",
  clause: `${draft("§3")} (NOT RECOMMENDED); atproto OAuth profile, "Clients"`,
  example: "https://app.acme.com/",
  run: (facts) => clientIdProblems(facts, "root_path", facts.profile === "atproto" ? "error" : undefined),
};
