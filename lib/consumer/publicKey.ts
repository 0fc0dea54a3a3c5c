import type { CryptoKey, JWK } from "jose";
import { calculateJwkThumbprint, importJWK } from "jose";

/** Public keys by kid, each imported once: Web Crypto then verifies without parsing the key again. */
export type PublicKeys = Map<string, { readonly jwk: JWK; imported?: CryptoKey }>;

/**
 * The keys whose kid is their RFC 7638 thumbprint; a kid then names a key, not a label. What is something else is
 * left out. Imports of `before` are kept.
 */
export async function keysByThumbprint(jwks: readonly JWK[], before?: PublicKeys): Promise<PublicKeys> {
  const keys: PublicKeys = new Map();
  for (const jwk of jwks) {
    const kid = await thumbprintOf(jwk);
    if (kid !== undefined && kid === jwk.kid) keys.set(kid, { ...before?.get(kid), jwk });
  }
  return keys;
}

/** The key of this kid, if it verifies signatures of this algorithm. */
export async function usableKey(keys: PublicKeys, kid: string, alg: string): Promise<CryptoKey | null> {
  const found = keys.get(kid);
  if (!found || (found.jwk.alg !== undefined && found.jwk.alg !== alg)) return null;
  if (found.jwk.use !== undefined && found.jwk.use !== "sig") return null;
  found.imported ??= await importKey(found.jwk, alg);
  return found.imported ?? null;
}

async function importKey(jwk: JWK, alg: string): Promise<CryptoKey | undefined> {
  try {
    return (await importJWK(jwk, alg)) as CryptoKey;
  } catch {
    return undefined;
  }
}

async function thumbprintOf(jwk: JWK): Promise<string | undefined> {
  try {
    return await calculateJwkThumbprint(jwk);
  } catch {
    return undefined;
  }
}
