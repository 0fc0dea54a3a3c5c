import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectNotAbsolute: Check = {
  id: "redirect.not-absolute",
  severity: "error",
  title: "Not a usable absolute URI",
  rationale: "Relative or malformed redirects are completed differently by every browser.",
  clause: "OAuth 2.1 §2.3; RFC 3986 §4.3",
  example: "/callback",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, uri, words }, shown) => {
      if (/[^\x21-\x7e]/.test(uri))
        return `${shown} contains white space, control or non-ASCII characters. Encode them as %XX.`;
      if (kind === "invalid") return `${shown} is ${words}. Write it in full.`;
      return uri.includes("\\")
        ? `${shown} contains "\\", which browsers turn into "/". Remove it.`
        : undefined;
    }),
};
