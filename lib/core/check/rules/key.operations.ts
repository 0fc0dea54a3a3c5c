import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyOperations: Check = {
  id: "key.operations",
  severity: "warning",
  title: "key_ops that do not fit",
  rationale:
    "A public key can verify and encrypt. One that says it signs was exported without care; libraries may refuse to import it.",
  clause: "RFC 7517 §4.2, §4.3 (use and key_ops SHOULD NOT be used together and MUST be consistent)",
  example: '"key_ops": ["sign","verify"]',
  run: (facts) =>
    eachKey(facts, ({ publicJwk, use }, name) => {
      const operations: unknown = publicJwk["key_ops"];
      if (operations === undefined) return undefined;
      if (!Array.isArray(operations) || operations.some((operation) => typeof operation !== "string"))
        return `${name} has key_ops that are not an array of strings. Remove the member.`;
      const secret = operations.filter((operation: string) => needsPrivateKey.has(operation));
      if (secret.length > 0)
        return `${name} lists ${visibleText(secret.join(", "))} in key_ops, which takes the private key. Leave verify alone.`;
      if (use === undefined) return undefined;
      const wanted = use === "sig" ? ["verify"] : ["encrypt", "wrapKey", "deriveKey", "deriveBits"];
      const consistent = operations.every((operation: string) => wanted.includes(operation));
      return consistent
        ? undefined
        : `${name} has "use": "${visibleText(use, 40)}" but key_ops ${visibleText(operations.join(", "))}. Keep one of the two members.`;
    }),
};

// deriveKey and deriveBits are listed for both halves of a key pair.
const needsPrivateKey: ReadonlySet<string> = new Set(["sign", "decrypt", "unwrapKey"]);
