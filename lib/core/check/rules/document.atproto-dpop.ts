import type { Check } from "../Check.ts";

export const documentAtprotoDpop: Check = {
  id: "document.atproto-dpop",
  severity: "error",
  title: "Tokens that are not bound to a key",
  rationale: "atproto only: every session uses DPoP, and the document has to say so.",
  clause: 'atproto OAuth profile, "Clients" (dpop_bound_access_tokens must be true)',
  example: "No dpop_bound_access_tokens",
  run({ members, profile }) {
    const bound = members?.["dpop_bound_access_tokens"];
    if (profile !== "atproto" || members === undefined || bound === true) return [];
    const message = "dpop_bound_access_tokens is not true. Set it to true.";
    return [{ message, path: bound === undefined ? "" : "/dpop_bound_access_tokens" }];
  },
};
