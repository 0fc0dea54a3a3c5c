import type { LogCheckpoint } from "#lib/core/allowlist/wire.ts";
import { parseCheckpoint } from "#lib/core/log/checkpoint.ts";
import type { Read } from "#lib/db/Database.ts";
import { newestLogCheckpoint } from "#lib/db/queries/newestLogCheckpoint.ts";

/** The log's newest signed checkpoint, as heads carry it; undefined before the first. */
export async function newestCheckpoint(db: Read): Promise<LogCheckpoint | undefined> {
  const row = await newestLogCheckpoint(db);
  const origin = row && parseCheckpoint(row.note.slice(0, row.note.indexOf("\n\n") + 1))?.origin;
  return row && origin !== undefined ? { origin, size: row.size, root: row.root } : undefined;
}
