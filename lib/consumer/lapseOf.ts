import type { RootKeys } from "./keyChain.ts";
import type { Active } from "./Active.ts";

/** Why the head that was in force stopped counting, before its time. */
export interface Lapse {
  readonly code: "epoch_ended" | "key_revoked";
  readonly sentence: string;
}

/**
 * Level 2: everything signed in another epoch than the key set's, or with a key the root revoked, stops counting at
 * once, the remembered head included. Null: the head counts, or no chain is followed.
 */
export function lapseOf(active: Pick<Active, "claims" | "kid">, keys: RootKeys | null): Lapse | null {
  if (!keys) return null;
  const { epoch, version } = keys.claims;
  if (active.claims.epoch !== epoch)
    return {
      code: "epoch_ended",
      sentence: `Key set ${version} began epoch ${epoch}; the newest list is of epoch ${active.claims.epoch}.`,
    };
  if (keys.revoked.has(active.kid))
    return {
      code: "key_revoked",
      sentence: `Key set ${version} revokes ${active.kid}, which signed the newest list.`,
    };
  return null;
}
