import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentAtprotoGrantTypes: Check = {
  id: "document.atproto-grant-types",
  severity: "error",
  title: "Grant types that atproto does not accept",
  rationale: "atproto only: authorization_code must be listed, refresh_token may be, and there is no third.",
  clause: 'atproto OAuth profile, "Clients" (grant_types is required)',
  example: '"grant_types": ["refresh_token"]',
  run({ members, profile }) {
    const grants = members?.["grant_types"];
    if (profile !== "atproto" || members === undefined) return [];
    if (grants === undefined)
      return [{ message: "The document has no grant_types. Add it, with authorization_code.", path: "" }];
    if (!Array.isArray(grants)) return [];
    const path = "/grant_types";
    if (!grants.includes("authorization_code"))
      return [{ message: "grant_types does not contain authorization_code. Add it.", path }];
    const other: unknown = grants.find(
      (grant) => grant !== "authorization_code" && grant !== "refresh_token",
    );
    if (typeof other !== "string") return [];
    return [
      {
        message: `grant_types contains "${visibleText(other, 100)}", which atproto does not know. Remove it.`,
        path,
      },
    ];
  },
};
