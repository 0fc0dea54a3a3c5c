import { systemActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import type { JournalEntry } from "#lib/db/queries/appendJournal.ts";
import { find, update, upsert } from "#lib/db/rows.ts";
import { note } from "./note.ts";

/**
 * Says how something about the installation is. What becomes wrong, or well again, is told once, with `event`. Returns
 * whether that changed.
 */
export async function setCondition(
  ctx: Context,
  tx: Write,
  key: string,
  is: { readonly ok: boolean; readonly sentence: string },
  event: JournalEntry,
): Promise<boolean> {
  const now = ctx.clock();
  const known = await find(tx, "condition", { key });
  if (known?.ok === is.ok) {
    await update(tx, "condition", { key }, { sentence: is.sentence, checkedAt: now });
    return false;
  }
  await upsert(tx, "condition", "key", { key, ...is, since: now, checkedAt: now });
  if (!known && is.ok) return false;
  await note(ctx, tx, systemActor, { ...event, detail: { sentence: is.sentence, ...event.detail } });
  return true;
}
