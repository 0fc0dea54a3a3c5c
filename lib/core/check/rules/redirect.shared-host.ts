import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectSharedHost: Check = {
  id: "redirect.shared-host",
  severity: "warning",
  title: "Redirect to a tunnel or shared host",
  rationale:
    "The place belongs to whichever tenant holds the name today, and codes would follow the name to the next one. Through a tunnel that is anybody, at once: an error.",
  clause: `${draft("§8.1, §8.10")}; RFC 9700 §4.1.1`,
  example: "https://acme.pages.dev/callback; https://x.loca.lt/callback (error)",
  run: (facts) => [
    ...eachRedirect(
      facts,
      ({ class: kind, owner }, shown) =>
        kind === "shared_host" && owner?.isTunnel === true
          ? `${shown} leads through a tunnel that anyone can open. Remove this development redirect.`
          : undefined,
      "error",
    ),
    ...eachRedirect(
      facts,
      ({ class: kind, owner }, shown) =>
        kind === "shared_host" && owner?.isTunnel === false
          ? `${shown} leads to ${owner.label}, somebody's place on a shared host. Make sure that the client's owner holds it, or use a host of your own domain.`
          : undefined,
      facts.profile === "atproto" ? "error" : undefined,
    ),
  ],
};
