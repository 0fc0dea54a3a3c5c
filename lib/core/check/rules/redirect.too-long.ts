import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectTooLong: Check = {
  id: "redirect.too-long",
  severity: "error",
  title: "Very long redirect",
  rationale: "Browsers, proxies and logs cut URLs of this length, and a cut redirect is another redirect.",
  clause: "RFC 9110 §4.1 (the limit is ours)",
  example: "A redirect of 3000 characters",
  run: (facts) =>
    eachRedirect(facts, ({ uri }, shown) =>
      uri.length > 2048 ? `${shown} has ${uri.length} characters. Keep redirects under 2048.` : undefined,
    ),
};
