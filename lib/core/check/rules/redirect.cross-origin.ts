import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectCrossOrigin: Check = {
  id: "redirect.cross-origin",
  severity: "warning",
  title: "Redirect to another host",
  rationale:
    "The code goes to a host that the client_id does not prove. It may be right, but somebody has to know.",
  clause: draft("§8.1"),
  example: "https://callback.acme.net/ for app.acme.com",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, host }, shown) => {
      if (kind === "same_site") return `${shown} leads to ${host}, another host of the client's own site.`;
      return kind === "other_site" && facts.owner !== undefined
        ? `${shown} leads to ${host}, which is not part of ${facts.owner.label}. Make sure that the client's owner runs it.`
        : undefined;
    }),
};
