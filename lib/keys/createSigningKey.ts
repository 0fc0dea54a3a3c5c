import type { JWK } from "jose";
import { calculateJwkThumbprint } from "jose";
import type { Kek } from "./loadKek.ts";
import { newP256 } from "./newP256.ts";
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
