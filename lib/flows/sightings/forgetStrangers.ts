import { systemActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { listForgottenStrangers, removeStrangers } from "#lib/db/queries/strangers.ts";
import { note } from "#lib/flows/note.ts";

/** As long as what servers met is kept. */
const kept = 90 * day;

/** Many times what may come in within an hour. */
const atOnce = 500;

/**
 * Takes clients out of the inventory that nobody asked for and no server has met for ninety days: each of them is visited,
 * and they come in every day. What people did anything about stays. Says how many went.
 */
export async function forgetStrangers(ctx: Context): Promise<number> {
  const now = ctx.clock();
  const list = (db: Read, limit: number) => listForgottenStrangers(db, now - kept, now, limit);
  if ((await list(ctx.db, 1)).length === 0) return 0;
  return ctx.db.transaction(async (tx) => {
    // Asked again: one of them may have been met meanwhile.
    const ids = await list(tx, atOnce);
    if (ids.length === 0) return 0;
    await removeStrangers(tx, ids);
    await note(ctx, tx, systemActor, {
      action: "client.forgotten",
      subject: { kind: "inventory", id: "inventory", name: `${ids.length} discovered` },
      detail: { why: "No server has met them for ninety days, and nobody asked for them.", ids },
    });
    return ids.length;
  });
}
