import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlPort: Check = {
  id: "url.port",
  severity: "warning",
  title: "Port written out",
  rationale:
    "Another port may belong to another service of the same machine, and :443 makes a second spelling of the same place. atproto does not allow a port.",
  clause: `${draft("§3")}; atproto OAuth profile, "Clients"`,
  example: "https://app.acme.com:443/client.json",
  run: (facts) => clientIdProblems(facts, "port", facts.profile === "atproto" ? "error" : undefined),
};
