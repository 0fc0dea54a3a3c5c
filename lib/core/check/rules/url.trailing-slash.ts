import type { Check } from "../Check.ts";
import { clientIdProblems } from "../clientIdProblems.ts";

export const urlTrailingSlash: Check = {
  id: "url.trailing-slash",
  severity: "error",
  title: 'Path ends with "/"',
  rationale: "atproto servers refuse a client_id that ends with a slash. The other profiles allow it.",
  clause: 'atproto OAuth profile, "Clients"',
  example: "https://app.acme.com/client/",
  run: (facts) => (facts.profile === "atproto" ? clientIdProblems(facts, "trailing_slash") : []),
};
