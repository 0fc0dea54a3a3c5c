import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check, Problem } from "../Check.ts";
import { declaredMethods } from "../declaredMethods.ts";
import { draft } from "../draft.ts";

export const documentKeysMissing: Check = {
  id: "document.keys-missing",
  severity: "error",
  title: "Authentication without its key",
  rationale: "A server can only verify what the document gives it a key or a name for.",
  clause: `${draft("§8.2")}; RFC 7523 §2.2; RFC 8705 §2.1.2, §2.2.2`,
  example: '"private_key_jwt" without jwks and jwks_uri',
  run({ members = {}, metadata }) {
    const problems: Problem[] = [];
    const methods = declaredMethods(metadata);
    const path =
      members["token_endpoint_auth_method"] === undefined
        ? "/token_endpoint_auth_methods_supported"
        : "/token_endpoint_auth_method";
    const keyed = methods.find(
      (method) => method === "private_key_jwt" || method === "self_signed_tls_client_auth",
    );
    if (keyed !== undefined && !present(members["jwks"]) && !present(members["jwks_uri"])) {
      problems.push({
        message: `The document declares ${keyed} but has neither jwks_uri nor jwks. Add jwks_uri.`,
        path,
      });
    }
    if (methods.includes("tls_client_auth")) {
      const names = Object.keys(members).filter((name) => name.startsWith("tls_client_auth_"));
      if (names.length !== 1) {
        const found = names.length === 0 ? "none" : names.map((name) => visibleText(name)).join(" and ");
        problems.push({
          message: `tls_client_auth needs exactly one tls_client_auth_* member; there is ${found}.`,
          path,
        });
      }
    }
    return problems;
  },
};

function present(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
