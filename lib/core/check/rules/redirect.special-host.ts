import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectSpecialHost: Check = {
  id: "redirect.special-host",
  severity: "warning",
  title: "Redirect to an internal name",
  rationale:
    "The name means something else on every network, so the code may end up on a machine nobody meant.",
  clause: "RFC 6761; RFC 6890 (the check is ours)",
  example: "https://portal.corp/callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, host }, shown) => {
      const https = kind !== "loopback" && kind !== "private_scheme" && kind !== "http_remote";
      const special = https && host !== undefined ? specialUseName(host) : undefined;
      return special && `${shown} leads to "${host}", which is ${special}. Use a public host name.`;
    }),
};
