import type { LogCheckpoint } from "#lib/core/allowlist/wire.ts";
import { checkpointOrigin } from "#lib/core/log/checkpoint.ts";
import type { Read } from "#lib/db/Database.ts";
import { lastLoggedLine } from "#lib/db/queries/lastLoggedLine.ts";
import { newestLogCheckpoint } from "#lib/db/queries/newestLogCheckpoint.ts";
import { newestResumedLine } from "#lib/db/queries/newestResumedLine.ts";

/**
 * The log's newest signed checkpoint, as heads carry it; undefined before the first, and in the moment between the resuming
 * of a list after a restored backup and the new log: under the old name the log would be shorter than servers saw it.
 */
export async function newestCheckpoint(db: Read): Promise<LogCheckpoint | undefined> {
  const [row, logged] = await Promise.all([newestLogCheckpoint(db), lastLoggedLine(db)]);
  if (!row || (await newestResumedLine(db, logged))) return undefined;
  return { origin: checkpointOrigin(row.note), size: row.size, root: row.root };
}
