import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { newestLogCheckpoint } from "#lib/db/queries/newestLogCheckpoint.ts";
import { find } from "#lib/db/rows.ts";

/** How far the log has come, and the key it is verified with. */
export interface LogState {
  readonly origin: string;
  /** As verifiers write it: `origin+key id+key`. */
  readonly verifierKey: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly root: string;
  /** The signed checkpoint as it is served. */
  readonly note: string;
  readonly at: Instant;
}

/** The log as its newest checkpoint says; null before the first. */
export async function logState(db: Read): Promise<LogState | null> {
  const [checkpoint, key] = await Promise.all([newestLogCheckpoint(db), find(db, "logKey", {})]);
  if (!checkpoint || !key) return null;
  const { size, root, note, at } = checkpoint;
  return { origin: key.origin, verifierKey: key.verifierKey, size, root, note, at };
}
