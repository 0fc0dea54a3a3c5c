import type { Check } from "../Check.ts";

export const documentAtprotoScope: Check = {
  id: "document.atproto-scope",
  severity: "error",
  title: "Scope without atproto",
  rationale:
    "atproto only: the document must list every scope that may be requested, and atproto is always one.",
  clause: 'atproto OAuth profile, "Clients" (scope is required and contains atproto)',
  example: '"scope": "openid"',
  run({ members, metadata, profile }) {
    if (profile !== "atproto" || members === undefined || metadata?.scope.includes("atproto")) return [];
    const missing = members["scope"] === undefined;
    const message = missing
      ? "The document has no scope. Add it, with atproto among its names."
      : "scope does not contain atproto. Add it.";
    return [{ message, path: missing ? "" : "/scope" }];
  },
};
