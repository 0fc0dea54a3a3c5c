import type { LogCheckpoint } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";

/** The log's newest signed checkpoint, as heads carry it; undefined before the first. */
export async function newestCheckpoint(_db: Read): Promise<LogCheckpoint | undefined> {
  return undefined;
}
