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
  /** Reads the key set when it is five minutes old; after a failure not before another minute. Throws FetchFailed. */
  refreshWhenDue(signal?: AbortSignal): Promise<void>;
  /** Whether a key set read within the last minute is without this kid. Throws FetchFailed. */
  hasLeft(kid: string): Promise<boolean>;
  /** Whether the last key set read is without this kid, and not older than a head taken at `since` (milliseconds). */
  lacks(kid: string, since: number): boolean;
}

const maxAge = 5 * 60 * 1000;
/** So fresh a copy is not read anew, and a read that failed is not tried again. */
const fresh = 60 * 1000;
/** A copy read sooner after a head may be older than its key: publisher and cache keep it five minutes each. */
const mayLag = 10 * 60 * 1000;
const maxBytes = 64 * 1024;
const timeout = 10_000;

/**
 * The publisher's JWKS (level 1), kept at most five minutes, so that a revoked key is believed no longer than
 * that. Only keys whose kid is their RFC 7638 thumbprint count: a kid then pins a key, not a label.
 */
export function keySetCache(url: string, how: { fetch: typeof fetch; clock: () => number }): KeySet {
  let keys: PublicKeys = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function refresh(signal?: AbortSignal): Promise<void> {
    askedAt = how.clock();
    const headers = { accept: "application/jwk-set+json, application/json" };
    const more = signal ? { signal } : {};
    const { body } = await fetchLimited(url, { fetch: how.fetch, maxBytes, timeout, headers, ...more });
    keys = await keysByThumbprint(parseKeySet(url, body), keys);
    readAt = how.clock();
  }

  /** A clock that went back makes an age meaningless: older than anything. */
  function ageOf(at: number): number {
    const age = how.clock() - at;
    return age < 0 ? Number.POSITIVE_INFINITY : age;
  }

  /** A key set without any key is a fault of the publisher, and says nothing about one of them. */
  const misses = (kid: string) => keys.size > 0 && !keys.has(kid);

  return {
    has: (kid) => keys.has(kid),
    async refreshWhenDue(signal) {
      if (ageOf(readAt) > maxAge && ageOf(askedAt) > fresh) await refresh(signal);
    },
    async hasLeft(kid) {
      if (ageOf(readAt) > fresh && ageOf(askedAt) > fresh) await refresh();
      return ageOf(readAt) <= fresh && misses(kid);
    },
    lacks: (kid, since) => misses(kid) && readAt - since >= mayLag,
    async keyFor(kid, alg) {
      if (ageOf(readAt) > maxAge || !keys.has(kid)) await refresh();
      return usableKey(keys, kid, alg);
    },
  };
}

/** Keys brought by hand, for a machine without a line to the publisher: never fetched, so never renewed either. */
export function fixedKeySet(jwks: { readonly keys: readonly JWK[] }): KeySet {
  const keys = keysByThumbprint(jwks.keys);
  const kids = new Set(jwks.keys.map(({ kid }) => kid));
  const misses = (kid: string) => kids.size > 0 && !kids.has(kid);
  return {
    has: (kid) => kids.has(kid),
    refreshWhenDue: async () => undefined,
    hasLeft: async (kid) => misses(kid),
    lacks: misses,
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
