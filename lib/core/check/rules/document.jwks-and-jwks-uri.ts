import type { Check } from "../Check.ts";

export const documentJwksAndJwksUri: Check = {
  id: "document.jwks-and-jwks-uri",
  severity: "error",
  title: "Both jwks and jwks_uri",
  rationale:
    "With two key sets servers pick different ones, and a key removed from one stays usable in the other.",
  clause: "RFC 7591 §2",
  example: '"jwks": {…}, "jwks_uri": "https://…"',
  run: ({ members = {} }) =>
    members["jwks"] === undefined || members["jwks_uri"] === undefined
      ? []
      : [
          {
            message:
              "jwks and jwks_uri are both present. Keep jwks_uri, which allows rotation without changing the document.",
            path: "/jwks",
          },
        ],
};
