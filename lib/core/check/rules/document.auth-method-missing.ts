import type { Check } from "../Check.ts";

export const documentAuthMethodMissing: Check = {
  id: "document.auth-method-missing",
  severity: "warning",
  title: "No authentication method",
  rationale:
    "RFC 7591 reads the silence as client_secret_basic, the coming draft as none, and atproto refuses it. Saying it leaves nothing to guess.",
  clause:
    'draft-ietf-oauth-client-id-metadata-document-03 §6; RFC 7591 §2; atproto OAuth profile, "Client Authentication"',
  example: "Neither token_endpoint_auth_method nor token_endpoint_auth_methods_supported",
  run({ members, profile }) {
    if (members === undefined) return [];
    const atproto = profile === "atproto";
    const named =
      members["token_endpoint_auth_method"] !== undefined ||
      (!atproto && members["token_endpoint_auth_methods_supported"] !== undefined);
    if (named) return [];
    const message =
      "The document names no authentication method, so servers guess. Add token_endpoint_auth_method.";
    return [{ message, path: "", severity: atproto ? "error" : undefined }];
  },
};
