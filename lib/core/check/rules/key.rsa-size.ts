import { rsaFacts } from "#lib/core/keySet/rsaFacts.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyRsaSize: Check = {
  id: "key.rsa-size",
  severity: "error",
  title: "RSA key of the wrong size",
  rationale:
    "Keys under 2048 bits can be factored; keys over 8192 bits let a document slow every server down.",
  clause: "RFC 7518 §3.3, §3.5 (the upper limit is ours)",
  example: "A 1024-bit RSA key",
  run: (facts) =>
    eachKey(facts, ({ publicJwk }, name) => {
      const rsa = rsaFacts(publicJwk);
      if (rsa === undefined) return undefined;
      if (rsa.bits < 2048)
        return `${name} is an RSA key of ${rsa.bits} bits. Use at least 2048, better an elliptic-curve key.`;
      if (rsa.bits > 8192)
        return {
          message: `${name} is an RSA key of ${rsa.bits} bits. Use no more than 8192.`,
          severity: "warning",
        };
      return undefined;
    }),
};
