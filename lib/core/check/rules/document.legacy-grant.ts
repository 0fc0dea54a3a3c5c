import type { Check } from "../Check.ts";

export const documentLegacyGrant: Check = {
  id: "document.legacy-grant",
  severity: "error",
  title: "Grant type nobody should use",
  rationale:
    "With password the client sees the person's password; with implicit the token passes through the address bar and its history.",
  clause: "RFC 9700 §2.4 (password MUST NOT be used), §2.1.2 (implicit SHOULD NOT)",
  example: '"grant_types": ["password"]',
  run: ({ metadata }) =>
    (metadata?.grant_types ?? []).flatMap((grant, index) => {
      const path = `/grant_types/${index}`;
      if (grant === "password")
        return [{ message: "The grant type password is forbidden. Use authorization_code with PKCE.", path }];
      if (grant !== "implicit") return [];
      const message =
        "The grant type implicit sends tokens through the browser. Use authorization_code with PKCE.";
      return [{ message, path, severity: "warning" as const }];
    }),
};
