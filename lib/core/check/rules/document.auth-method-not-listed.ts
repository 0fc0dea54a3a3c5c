import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentAuthMethodNotListed: Check = {
  id: "document.auth-method-not-listed",
  severity: "warning",
  title: "Method missing from its own list",
  rationale:
    "Servers that read the list and servers that read the single value would authenticate the client differently.",
  clause: "draft-ietf-oauth-client-id-metadata-document-03 §6; OpenID Connect RP Metadata Choices 1.0 §2",
  example: '"none" beside ["private_key_jwt"]',
  run({ members = {} }) {
    const method = members["token_endpoint_auth_method"];
    const listed = members["token_endpoint_auth_methods_supported"];
    if (typeof method !== "string" || !Array.isArray(listed) || listed.includes(method)) return [];
    const message = `token_endpoint_auth_method "${visibleText(method)}" is not in token_endpoint_auth_methods_supported. Add it there.`;
    return [{ message, path: "/token_endpoint_auth_method" }];
  },
};
