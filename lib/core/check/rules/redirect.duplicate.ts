import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectDuplicate: Check = {
  id: "redirect.duplicate",
  severity: "warning",
  title: "Redirect listed twice",
  rationale: "A repeated entry adds nothing and hides how many places there are.",
  clause: "RFC 7591 §2 (the check is ours)",
  example: "The same URL twice",
  run(facts) {
    const seen = new Set<string>();
    return eachRedirect(facts, ({ uri }, shown) => {
      const again = seen.has(uri);
      seen.add(uri);
      return again ? `${shown} is listed more than once. Remove the repetition.` : undefined;
    });
  },
};
