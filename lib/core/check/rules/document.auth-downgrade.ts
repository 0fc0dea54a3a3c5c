import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentAuthDowngrade: Check = {
  id: "document.auth-downgrade",
  severity: "warning",
  title: "Authentication that may be left out",
  rationale:
    "Whoever presents this client_id may choose none, so its key proves nothing at a server that accepts that choice.",
  clause: "MCP SEP-3149 (draft); draft-ietf-oauth-client-id-metadata-document-03 §6",
  example: '["none","private_key_jwt"]',
  run({ members = {} }) {
    const listed = members["token_endpoint_auth_methods_supported"];
    if (!Array.isArray(listed) || !listed.includes("none")) return [];
    const stronger: unknown = listed.find((method) => typeof method === "string" && method !== "none");
    if (typeof stronger !== "string") return [];
    const message = `token_endpoint_auth_methods_supported offers none beside ${visibleText(stronger, 60)}. Remove none, or require the stronger method when approving.`;
    return [{ message, path: "/token_endpoint_auth_methods_supported" }];
  },
};
