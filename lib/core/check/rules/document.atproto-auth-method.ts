import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentAtprotoAuthMethod: Check = {
  id: "document.atproto-auth-method",
  severity: "error",
  title: "Authentication that atproto does not accept",
  rationale:
    "atproto only: clients use none or private_key_jwt, and a native app, which cannot keep a key, uses none.",
  clause: 'atproto OAuth profile, "Clients" and "Confidential Client Authentication"',
  example: '"application_type": "native" with "private_key_jwt"',
  run({ members, profile }) {
    const method = members?.["token_endpoint_auth_method"];
    if (profile !== "atproto" || typeof method !== "string" || method === "none") return [];
    const path = "/token_endpoint_auth_method";
    if (method !== "private_key_jwt") {
      const message = `The authentication method "${visibleText(method, 60)}" is not one of atproto's. Use none or private_key_jwt.`;
      return [{ message, path }];
    }
    if (members?.["application_type"] !== "native") return [];
    return [
      { message: "A native client must use the method none. Use none, or application_type web.", path },
    ];
  },
};
