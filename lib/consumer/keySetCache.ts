import type { CryptoKey, JWK } from "jose";
import { calculateJwkThumbprint, importJWK } from "jose";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";

export interface KeySet {
  /** The key of this kid, imported once; null when the publisher does not know it even after one refetch. */
  keyFor(kid: string, alg: string): Promise<CryptoKey | null>;
  /** Whether the last key set read holds this kid. */
  has(kid: string): boolean;
}

const maxAge = 5 * 60 * 1000;
const maxBytes = 64 * 1024;
const timeout = 10_000;

/**
 * The publisher's JWKS (level 1), kept at most five minutes, so that a revoked key is believed no longer than
 * that. Only keys whose kid is their RFC 7638 thumbprint count: a kid then pins a key, not a label.
 */
export function keySetCache(url: string, how: { fetch: typeof fetch; clock: () => number }): KeySet {
  let keys = new Map<string, { jwk: JWK; imported?: CryptoKey }>();
  let readAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    const headers = { accept: "application/jwk-set+json, application/json" };
    const { body } = await fetchLimited(url, { fetch: how.fetch, maxBytes, timeout, headers });
    const fresh = new Map<string, { jwk: JWK; imported?: CryptoKey }>();
    for (const jwk of parseKeySet(url, body)) {
      const kid = await thumbprintOf(jwk);
      if (kid !== undefined && kid === jwk.kid) fresh.set(kid, { ...keys.get(kid), jwk });
    }
    keys = fresh;
    readAt = how.clock();
  }

  return {
    has: (kid) => keys.has(kid),
    async keyFor(kid, alg) {
      const age = how.clock() - readAt;
      // A clock that went back makes the age meaningless: read again.
      if (age > maxAge || age < 0 || !keys.has(kid)) await refresh();
      const found = keys.get(kid);
      if (!found || (found.jwk.alg !== undefined && found.jwk.alg !== alg)) return null;
      if (found.jwk.use !== undefined && found.jwk.use !== "sig") return null;
      found.imported ??= await importKey(found.jwk, alg);
      return found.imported ?? null;
    },
  };
}

/** Imported once: Web Crypto then verifies without parsing the key again. */
async function importKey(jwk: JWK, alg: string): Promise<CryptoKey | undefined> {
  try {
    return (await importJWK(jwk, alg)) as CryptoKey;
  } catch {
    return undefined;
  }
}

function parseKeySet(url: string, body: Uint8Array): JWK[] {
  try {
    const { keys } = JSON.parse(new TextDecoder().decode(body)) as { keys: JWK[] };
    if (Array.isArray(keys)) return keys;
  } catch {
    // Told below.
  }
  throw new FetchFailed("malformed", `${url} is not a key set.`);
}

async function thumbprintOf(jwk: JWK): Promise<string | undefined> {
  try {
    return await calculateJwkThumbprint(jwk);
  } catch {
    return undefined;
  }
}
