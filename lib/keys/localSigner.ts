import type { JWK } from "jose";
import type { Kek } from "./loadKek.ts";
import { openPrivateJwk } from "./sealPrivateJwk.ts";
import type { Signer } from "./Signer.ts";

/** Opens a sealed ES256 key as a signer; the imported key cannot be exported again. */
export async function localSigner(kek: Kek, sealed: string, kid: string): Promise<Signer> {
  return signerOf(await openPrivateJwk(kek, sealed, kid), kid);
}

/** A signer from an opened private JWK; the imported key cannot be exported again. */
export async function signerOf(jwk: JWK, kid: string): Promise<Signer> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", jwk as JsonWebKey, algorithm, false, ["sign"]);
  const publicJwk: JWK = { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, kid, alg: "ES256", use: "sig" };
  return {
    kid,
    alg: "ES256",
    publicJwk,
    async sign(input) {
      const bytes = Uint8Array.from(input);
      return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, bytes));
    },
  };
}
