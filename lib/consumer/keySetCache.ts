import type { CryptoKey, JWK } from "jose";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import type { PublicKeys } from "./publicKey.ts";
import { keysByThumbprint, usableKey } from "./publicKey.ts";

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
  let keys: PublicKeys = new Map();
  let readAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    const headers = { accept: "application/jwk-set+json, application/json" };
    const { body } = await fetchLimited(url, { fetch: how.fetch, maxBytes, timeout, headers });
    keys = await keysByThumbprint(parseKeySet(url, body), keys);
    readAt = how.clock();
  }

  return {
    has: (kid) => keys.has(kid),
    async keyFor(kid, alg) {
      const age = how.clock() - readAt;
      // A clock that went back makes the age meaningless: read again.
      if (age > maxAge || age < 0 || !keys.has(kid)) await refresh();
      return usableKey(keys, kid, alg);
    },
  };
}

/** Keys brought by hand, for a machine without a line to the publisher: never fetched, so never renewed either. */
export function fixedKeySet(jwks: { readonly keys: readonly JWK[] }): KeySet {
  const keys = keysByThumbprint(jwks.keys);
  const kids = new Set(jwks.keys.map(({ kid }) => kid));
  return {
    has: (kid) => kids.has(kid),
    keyFor: async (kid, alg) => usableKey(await keys, kid, alg),
  };
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
