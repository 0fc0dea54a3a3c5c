import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectLocalhostName: Check = {
  id: "redirect.localhost-name",
  severity: "warning",
  title: '"localhost" instead of an address',
  rationale:
    "A name can be resolved elsewhere or answered by another interface; the literal cannot. atproto refuses the name.",
  clause: 'RFC 8252 §8.3; atproto OAuth profile, "Clients"',
  example: "http://localhost/callback",
  run: (facts) =>
    eachRedirect(
      facts,
      ({ class: kind, host }, shown) =>
        kind === "loopback" && host?.endsWith("localhost")
          ? `${shown} uses the name localhost. Use 127.0.0.1 and [::1].`
          : undefined,
      facts.profile === "atproto" ? "error" : undefined,
    ),
};
