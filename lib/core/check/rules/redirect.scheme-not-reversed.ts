import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectSchemeNotReversed: Check = {
  id: "redirect.scheme-not-reversed",
  severity: "warning",
  title: "Scheme of somebody else's domain",
  rationale:
    "A private-use scheme should be the client's own domain in reverse, so that it is clear whose app may claim it.",
  clause: 'RFC 8252 §7.1; atproto OAuth profile, "Clients"',
  example: "net.evil.app:/callback for app.acme.com",
  run: (facts) =>
    eachRedirect(
      facts,
      ({ class: kind, parts }, shown) => {
        const scheme = parts?.scheme.toLowerCase() ?? "";
        if (kind !== "private_scheme" || !scheme.includes(".") || facts.owner === undefined) return undefined;
        const domain = facts.profile === "atproto" ? facts.owner.host : facts.owner.label;
        const reversed = domain.split(".").reverse().join(".");
        const own = scheme === reversed || (facts.profile !== "atproto" && scheme.startsWith(`${reversed}.`));
        return own
          ? undefined
          : `${shown} does not use the client's domain in reverse. Use ${reversed}:/callback.`;
      },
      facts.profile === "atproto" ? "error" : undefined,
    ),
};
