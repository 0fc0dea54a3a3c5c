import type { Check } from "../Check.ts";
import { dangerousSchemes } from "../dangerousSchemes.ts";
import { draft } from "../draft.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectDangerousScheme: Check = {
  id: "redirect.dangerous-scheme",
  severity: "error",
  title: "Scheme that runs code or opens files",
  rationale:
    "Sending a code there runs a script, reads a file or leaves the browser in a way nobody reviewed.",
  clause: `${draft("§8.6")}; OAuth 2.1 §2.3; RFC 8252 §7.1`,
  example: "javascript:alert(1)",
  run: (facts) =>
    eachRedirect(facts, ({ parts }, shown) => {
      const scheme = parts?.scheme.toLowerCase() ?? "";
      return dangerousSchemes.has(scheme)
        ? `${shown} uses the scheme "${scheme}:", which must never receive a code. Remove it.`
        : undefined;
    }),
};
