import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectSchemeDoubleSlash: Check = {
  id: "redirect.scheme-double-slash",
  severity: "warning",
  title: "Two slashes after a private-use scheme",
  rationale: 'What follows "//" reads as a host that does not exist. atproto refuses it.',
  clause: 'RFC 8252 §7.1; OAuth 2.1 §2.3; atproto OAuth profile, "Clients"',
  example: "com.acme.app://callback",
  run: (facts) =>
    eachRedirect(
      facts,
      ({ class: kind, parts }, shown) =>
        kind === "private_scheme" && parts?.authority !== undefined && parts.scheme.includes(".")
          ? `${shown} has "//" after its scheme. Write a single slash.`
          : undefined,
      facts.profile === "atproto" ? "error" : undefined,
    ),
};
