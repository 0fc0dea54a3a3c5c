import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectHttpRemote: Check = {
  id: "redirect.http-remote",
  severity: "error",
  title: "Unencrypted redirect to another machine",
  rationale: "The authorization code would cross the network in clear.",
  clause: "RFC 7591 §5; RFC 8252 §8.3; RFC 9700 §2.6",
  example: "http://app.acme.com/callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind }, shown) =>
      kind === "http_remote" ? `${shown} is not encrypted and not on this computer. Use https.` : undefined,
    ),
};
