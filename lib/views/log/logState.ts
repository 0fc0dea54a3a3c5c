import type { Instant } from "#lib/core/Instant.ts";
import { checkpointOrigin } from "#lib/core/log/checkpoint.ts";
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
  const checkpoint = await newestLogCheckpoint(db);
  if (!checkpoint) return null;
  const { size, root, note, at } = checkpoint;
  const key = await find(db, "logKey", { origin: checkpointOrigin(note) });
  if (!key) return null;
  return { origin: key.origin, verifierKey: key.verifierKey, size, root, note, at };
}
