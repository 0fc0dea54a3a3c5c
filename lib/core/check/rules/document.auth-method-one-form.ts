import type { Check } from "../Check.ts";

export const documentAuthMethodOneForm: Check = {
  id: "document.auth-method-one-form",
  severity: "warning",
  title: "Authentication method in one form only",
  rationale:
    "Older servers read only the single value, coming ones may read only the list. A document with both is understood by all. The single value alone is what today's specifications ask for, so it is no more than a note.",
  clause:
    "draft-ietf-oauth-client-id-metadata-document-03 §6 (RECOMMENDED to include both); MCP SEP-3149 (draft)",
  example: '"token_endpoint_auth_methods_supported": ["none"] alone',
  run({ members = {}, profile }) {
    const single = members["token_endpoint_auth_method"];
    const list = members["token_endpoint_auth_methods_supported"];
    // atproto knows the single value only, and misses it in document.auth-method-missing.
    if (profile === "atproto" || (single === undefined) === (list === undefined)) return [];
    if (single === undefined) {
      const message =
        "Only token_endpoint_auth_methods_supported is present; older servers do not read it. Add token_endpoint_auth_method.";
      return [{ message, path: "/token_endpoint_auth_methods_supported" }];
    }
    const message =
      "Only token_endpoint_auth_method is present. Add token_endpoint_auth_methods_supported for servers that will ask for it.";
    return [{ message, path: "/token_endpoint_auth_method", severity: "info" }];
  },
};
