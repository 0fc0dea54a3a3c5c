import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentRedirectUrisMissing: Check = {
  id: "document.redirect-uris-missing",
  severity: "error",
  title: "No usable redirect_uris",
  rationale:
    "A code can only be sent to a registered redirect. Clients that use no redirect, such as those with jwt-bearer alone, need none outside MCP and atproto.",
  clause: `${draft("§4.2")}; RFC 7591 §2; MCP authorization 2026-07-28 (MUST include redirect_uris)`,
  example: '"redirect_uris": []',
  run({ members, metadata, profile }) {
    if (members === undefined) return [];
    const uris = members["redirect_uris"];
    const needed =
      profile !== "ietf" ||
      metadata?.grant_types.some((grant) => grant === "authorization_code" || grant === "implicit");
    if (uris === undefined) {
      return needed
        ? [
            {
              message: "The document has no redirect_uris. List every URL that may receive a code.",
              path: "",
            },
          ]
        : [];
    }
    if (!Array.isArray(uris) || uris.some((uri) => typeof uri !== "string")) {
      return [{ message: "redirect_uris is not an array of strings.", path: "/redirect_uris" }];
    }
    if (uris.length > 0 || !needed) return [];
    return [
      { message: "redirect_uris is empty. List every URL that may receive a code.", path: "/redirect_uris" },
    ];
  },
};
