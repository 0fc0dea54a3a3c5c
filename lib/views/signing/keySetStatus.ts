import type { Instant } from "#lib/core/Instant.ts";
import { keySetNeed, type KeySetNeed } from "#lib/core/rootKeySet/keySetNeed.ts";
import { readStoredKeySet } from "#lib/core/rootKeySet/readStoredKeySet.ts";
import type { Read } from "#lib/db/Database.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";

/** The newest root-signed key set, and whether the next one is needed. */
export interface KeySetStatus extends KeySetNeed {
  readonly version: number;
  readonly epoch: number;
  /** Thumbprints. */
  readonly roots: readonly string[];
  readonly kids: readonly string[];
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant;
  readonly acceptedBy: string;
}

/** Null while no key set was ever published: no server follows a root. */
export async function keySetStatus(db: Read, now: Instant): Promise<KeySetStatus | null> {
  const newest = await newestKeySet(db);
  if (!newest) return null;
  const { version, epoch, roots, kids, issuedAt, expiresAt, acceptedAt, acceptedBy } = newest;
  const need = keySetNeed(readStoredKeySet(newest.jws), await listKnownKeys(db), now);
  return { version, epoch, roots, kids, issuedAt, expiresAt, acceptedAt, acceptedBy, ...need };
}
