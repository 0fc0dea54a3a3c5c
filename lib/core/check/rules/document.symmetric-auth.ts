import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentSymmetricAuth: Check = {
  id: "document.symmetric-auth",
  severity: "error",
  title: "Authentication by a shared secret",
  rationale: "A client known by a public document has no secret to share with a server.",
  clause: `${draft("§4.1")}; -03 §4.1 for the list`,
  example: '"token_endpoint_auth_method": "client_secret_basic"',
  run: ({ members = {} }) =>
    [
      ["/token_endpoint_auth_method", members["token_endpoint_auth_method"]] as const,
      ...listOf(members["token_endpoint_auth_methods_supported"]),
    ]
      .filter(([, method]) => typeof method === "string" && /^client_secret/.test(method))
      .map(([path, method]) => ({
        message: `The authentication method "${visibleText(String(method))}" needs a shared secret. Use private_key_jwt, or none.`,
        path,
      })),
};

function listOf(methods: unknown): (readonly [string, unknown])[] {
  if (!Array.isArray(methods)) return [];
  return methods.map(
    (method: unknown, index) => [`/token_endpoint_auth_methods_supported/${index}`, method] as const,
  );
}
