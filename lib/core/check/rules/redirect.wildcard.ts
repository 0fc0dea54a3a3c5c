import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectWildcard: Check = {
  id: "redirect.wildcard",
  severity: "error",
  title: "Wildcard or template",
  rationale:
    "Redirects are compared as exact strings. Where a server does read the pattern, any host or path that fits receives codes.",
  clause: "RFC 9700 §2.1, §4.1.3; OAuth 2.1 §2.3",
  example: "https://*.acme.com/callback",
  run: (facts) =>
    eachRedirect(facts, ({ uri }, shown) => {
      const sign = /\*|%2a|\{|\}|%7b|<|>/i.exec(uri)?.[0];
      return sign === undefined
        ? undefined
        : `${shown} contains "${sign}", a wildcard or template. List every redirect in full.`;
    }),
};
