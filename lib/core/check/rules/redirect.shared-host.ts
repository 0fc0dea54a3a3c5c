import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectSharedHost: Check = {
  id: "redirect.shared-host",
  severity: "error",
  title: "Redirect to a tunnel or shared host",
  rationale:
    "The place belongs to whichever tenant holds the name today, and codes would follow the name to the next one.",
  clause: `${draft("§8.1, §8.10")}; RFC 9700 §4.1.1`,
  example: "https://x.loca.lt/callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, owner }, shown) => {
      if (kind !== "shared_host" || owner === undefined) return undefined;
      return owner.isTunnel
        ? `${shown} leads through a tunnel that anyone can open. Remove this development redirect.`
        : `${shown} leads to ${owner.label}, somebody's place on a shared host. Use a host of your own domain.`;
    }),
};
