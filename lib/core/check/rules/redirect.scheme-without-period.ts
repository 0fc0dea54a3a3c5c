import type { Check } from "../Check.ts";
import { dangerousSchemes } from "../dangerousSchemes.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectSchemeWithoutPeriod: Check = {
  id: "redirect.scheme-without-period",
  severity: "error",
  title: "Scheme that is no reversed domain",
  rationale: "Without a domain in its name nobody owns the scheme, and collisions between apps are likely.",
  clause: "OAuth 2.1 §2.3; RFC 8252 §7.1, §8.4",
  example: "acme://callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, parts }, shown) => {
      const scheme = parts?.scheme.toLowerCase() ?? "";
      if (kind !== "private_scheme" || scheme.includes(".") || dangerousSchemes.has(scheme)) return undefined;
      return `${shown} uses the scheme "${scheme}", which contains no period. Use a domain of yours in reverse, e.g. com.acme.app:/callback.`;
    }),
};
