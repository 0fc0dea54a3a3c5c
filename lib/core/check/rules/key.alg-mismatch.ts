import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyAlgMismatch: Check = {
  id: "key.alg-mismatch",
  severity: "error",
  title: "Algorithm that does not fit the key",
  rationale:
    "A key whose alg its kty or curve cannot perform is refused by careful servers and misused by careless ones.",
  clause: "RFC 7518 §3.1, §3.4; RFC 8037 §3.1; RFC 8812 §3.2",
  example: '"alg": "ES256" on P-384',
  run(facts) {
    const problems = eachKey(facts, ({ kty, crv, alg }, name) => {
      if (kty === undefined || alg === undefined || fits(alg, kty, crv) !== false) return undefined;
      const key = crv === undefined ? kty : `${kty} on ${visibleText(crv, 40)}`;
      return `${name} says alg "${visibleText(alg, 40)}" but is ${key}. Correct alg, or leave it out.`;
    });
    const declared = facts.metadata?.token_endpoint_auth_signing_alg;
    if (declared === undefined || facts.keys.length === 0) return problems;
    const usable = facts.keys.some(
      ({ kty, crv, alg }) =>
        kty !== undefined && (alg === undefined || alg === declared) && fits(declared, kty, crv) !== false,
    );
    if (usable) return problems;
    const message = `token_endpoint_auth_signing_alg is "${visibleText(declared, 40)}" but no key of the set can sign with it. Publish one that can.`;
    return [...problems, { message, path: "/token_endpoint_auth_signing_alg" }];
  },
};

const rsa = { kty: "RSA" };

/** What a key must be for an algorithm. Encryption algorithms are not listed: they do not sign. */
const needs: Readonly<Record<string, { kty: string; crv?: readonly string[] }>> = {
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  ES256: { kty: "EC", crv: ["P-256"] },
  ES384: { kty: "EC", crv: ["P-384"] },
  ES512: { kty: "EC", crv: ["P-521"] },
  ES256K: { kty: "EC", crv: ["secp256k1"] },
  EdDSA: { kty: "OKP", crv: ["Ed25519", "Ed448"] },
  Ed25519: { kty: "OKP", crv: ["Ed25519"] },
  Ed448: { kty: "OKP", crv: ["Ed448"] },
};

/** Undefined for algorithms that are not known here. */
function fits(alg: string, kty: string, crv: string | undefined): boolean | undefined {
  const need = Object.hasOwn(needs, alg) ? needs[alg] : undefined;
  return need && need.kty === kty && (need.crv === undefined || crv === undefined || need.crv.includes(crv));
}
