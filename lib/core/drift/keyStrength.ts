import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { rsaFacts } from "#lib/core/keySet/rsaFacts.ts";

const curveStrength: Readonly<Record<string, number>> = {
  "P-256": 128,
  secp256k1: 128,
  Ed25519: 128,
  "P-384": 192,
  Ed448: 224,
  "P-521": 256,
};

/** Security strength in bits (NIST SP 800-57 part 1, table 2); undefined for keys that are not known here. */
export function keyStrength({ kty, crv, publicJwk }: ParsedKey): number | undefined {
  if (kty !== "RSA")
    return crv !== undefined && Object.hasOwn(curveStrength, crv) ? curveStrength[crv] : undefined;
  const bits = rsaFacts(publicJwk)?.bits;
  if (bits === undefined) return undefined;
  if (bits < 2048) return 80;
  if (bits < 3072) return 112;
  return bits < 7680 ? 128 : 192;
}
