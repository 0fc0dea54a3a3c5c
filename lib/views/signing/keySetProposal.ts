import type { Instant } from "#lib/core/Instant.ts";
import { composeKeySet, type Composed, type KeySetInput } from "#lib/core/rootKeySet/composeKeySet.ts";
import { readStoredKeySet } from "#lib/core/rootKeySet/readStoredKeySet.ts";
import type { Read } from "#lib/db/Database.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { findAll } from "#lib/db/rows.ts";

/** The claims of the next key set as this installation stands, for a root to sign. */
export async function keySetProposal(
  db: Read,
  now: Instant,
  asked: Pick<KeySetInput, "iss" | "lifetime" | "revoke" | "newEpoch" | "addRoots" | "removeRoots">,
): Promise<Composed> {
  const [newest, keys, audiences] = await Promise.all([
    newestKeySet(db),
    listKnownKeys(db),
    findAll(db, "audience"),
  ]);
  return composeKeySet({
    ...asked,
    now,
    last: newest && readStoredKeySet(newest.jws),
    epoch: Math.max(1, ...audiences.map(({ epoch }) => epoch)),
    keys,
  });
}
