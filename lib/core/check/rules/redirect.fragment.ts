import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectFragment: Check = {
  id: "redirect.fragment",
  severity: "error",
  title: "Fragment",
  rationale:
    "The code would be added to a URL whose fragment stays in the browser, where scripts and referrers leak it.",
  clause: "OAuth 2.1 §2.3; RFC 6749 §3.1.2",
  example: "https://app.acme.com/callback#done",
  run: (facts) =>
    eachRedirect(facts, ({ parts }, shown) =>
      parts?.fragment === undefined ? undefined : `${shown} has a fragment. Remove it, including the "#".`,
    ),
};
