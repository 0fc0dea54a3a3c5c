import { rsaFacts } from "#lib/core/keySet/rsaFacts.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyRsaExponent: Check = {
  id: "key.rsa-exponent",
  severity: "error",
  title: "Unsafe RSA exponent",
  rationale: "An even exponent is not an RSA key, and a tiny one makes known attacks practical.",
  clause: "RFC 7518 §6.3.1.2; FIPS 186-5",
  example: '"e": "Aw" (3)',
  run: (facts) =>
    eachKey(facts, ({ publicJwk }, name) => {
      const exponent = rsaFacts(publicJwk)?.exponent;
      if (exponent === undefined || exponent === 65_537n) return undefined;
      const shown = exponent < 1_000_000_000n ? String(exponent) : "a very large number";
      const message = `${name} has the RSA exponent ${shown}. Use 65537.`;
      return exponent % 2n === 0n || exponent <= 3n ? message : { message, severity: "warning" };
    }),
};
