import type { Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { audienceBySlug } from "#lib/views/servers/audienceBySlug.ts";
import { exportList, type Export, type ExportAsk, type NoExport } from "./exportList.ts";

/** An export of the newest release of a list. Refuses a list that does not exist or was never published. */
export async function exportNewest(
  db: Read,
  now: Instant,
  ask: Omit<ExportAsk, "head">,
): Promise<Export | NoExport> {
  const head = await latestHead(db, (await audienceBySlug(db, ask.list)).id);
  if (!head) throw new Refusal("not_ready", `Nothing was published for ${ask.list} yet: there is no list.`);
  return exportList(db, now, { ...ask, head });
}
