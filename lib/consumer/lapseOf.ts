import type { RootKeys } from "./keyChain.ts";
import type { Active } from "./Active.ts";
import { skew } from "./decide.ts";
import type { KeySet } from "./keySetCache.ts";

/** Why the head that was in force stopped counting, before its time. */
export interface Lapse {
  readonly code: "epoch_ended" | "key_revoked" | "key_withdrawn";
  readonly sentence: string;
}

/**
 * Level 2: everything signed in another epoch than the key set's, or with a key the root revoked, stops counting at
 * once, the remembered head included. Level 1: what a key signed that left the JWKS; `now` in seconds. A key leaves it
 * after the last head it signed has expired, unless it was revoked. Null: the head counts.
 */
export function lapseOf(
  active: Pick<Active, "claims" | "kid" | "remembered">,
  keys: RootKeys | null,
  jwks: Pick<KeySet, "lacks">,
  now: number,
): Lapse | null {
  const { claims, kid, remembered } = active;
  if (!keys) {
    if (claims.exp <= now - skew || !jwks.lacks(kid, remembered.activatedAt * 1000)) return null;
    return {
      code: "key_withdrawn",
      sentence: `The publisher's key set no longer holds ${kid}, which signed the newest list.`,
    };
  }
  const { epoch, version } = keys.claims;
  if (claims.epoch !== epoch)
    return {
      code: "epoch_ended",
      sentence: `Key set ${version} began epoch ${epoch}; the newest list is of epoch ${claims.epoch}.`,
    };
  if (keys.revoked.has(kid))
    return {
      code: "key_revoked",
      sentence: `Key set ${version} revokes ${kid}, which signed the newest list.`,
    };
  return null;
}
