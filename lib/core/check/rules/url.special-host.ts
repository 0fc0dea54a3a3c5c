import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";
import { draft } from "../draft.ts";

export const urlSpecialHost: Check = {
  id: "url.special-host",
  severity: "error",
  title: "Host that cannot be public",
  rationale:
    "An address, a local name or a reserved name means something else on every network. Fetching it would reach into the server's own network.",
  clause: `${draft("§8.6")}; RFC 6761, RFC 6890`,
  example: "https://10.0.0.5/client.json",
  run(facts) {
    const special = clientIdProblems(facts, "special_host");
    if (special.length > 0 || facts.owner === undefined || facts.owner.isPublic) return special;
    const message = `The host "${facts.owner.host}" ends in no public suffix that is known. Check its spelling.`;
    return [{ message, path: "client_id", severity: "warning" }];
  },
};
