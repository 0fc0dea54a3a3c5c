import type { Check } from "../Check.ts";
import { declaredMethods } from "../declaredMethods.ts";
import { draft } from "../draft.ts";

export const keyNoneUsable: Check = {
  id: "key.none-usable",
  severity: "error",
  title: "No usable signature key",
  rationale:
    "The declared method needs a public signature key. Without one the client cannot authenticate anywhere.",
  clause: `RFC 7517 §5; ${draft("§8.2")}`,
  example: '{"keys":[]}',
  run({ keySet, keys, metadata, keySetPath }) {
    if (keySet?.keys === undefined) return [];
    const needed =
      metadata === undefined ||
      declaredMethods(metadata).some(
        (method) => method === "private_key_jwt" || method === "self_signed_tls_client_auth",
      );
    const severity = needed ? undefined : "warning";
    if (keys.length === 0)
      return [
        {
          message: "The key set is empty. Publish at least one public signature key.",
          path: keySetPath,
          severity,
        },
      ];
    const usable = keys.some(({ use, kty, jkt }) => use !== "enc" && kty !== "oct" && jkt !== undefined);
    if (usable) return [];
    return [
      {
        message: 'No key of the set can verify a signature. Publish a public key with use "sig".',
        path: keySetPath,
        severity,
      },
    ];
  },
};
