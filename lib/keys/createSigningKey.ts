import { createECDH } from "node:crypto";
import type { JWK } from "jose";
import { calculateJwkThumbprint } from "jose";
import type { Kek } from "./loadKek.ts";
import type { Random } from "./Random.ts";
import { sealPrivateJwk } from "./sealPrivateJwk.ts";

export interface NewSigningKey {
  /** RFC 7638 SHA-256 thumbprint. */
  readonly kid: string;
  readonly alg: "ES256";
  /** As published: kty, crv, x, y, kid, alg and use. */
  readonly publicJwk: JWK;
  /** The private JWK as compact JWE: the only form that is ever stored. */
  readonly sealed: string;
}

/** Makes an ES256 key for signing heads, sealed under the KEK; the private key leaves this function only sealed. */
export async function createSigningKey(kek: Kek, random: Random): Promise<NewSigningKey> {
  const { x, y, d } = newP256(random);
  const bare = { kty: "EC", crv: "P-256", x, y };
  const kid = await calculateJwkThumbprint(bare);
  return {
    kid,
    alg: "ES256",
    publicJwk: { ...bare, kid, alg: "ES256", use: "sig" },
    sealed: await sealPrivateJwk(kek, { ...bare, d }, random),
  };
}

function newP256(random: Random): { x: string; y: string; d: string } {
  const ecdh = createECDH("prime256v1");
  // A scalar outside 1 … n−1 is refused by setPrivateKey; the odds are 2^-32, so a few attempts suffice.
  for (let attempt = 0; attempt < 8; attempt++) {
    const d = Buffer.from(random(32));
    try {
      ecdh.setPrivateKey(d);
    } catch {
      continue;
    }
    const point = ecdh.getPublicKey();
    const part = (from: number) => point.subarray(from, from + 32).toString("base64url");
    return { x: part(1), y: part(33), d: d.toString("base64url") };
  }
  throw new Error("The random source gave no usable private key.");
}
