import { minute } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { leaseOutbox } from "#lib/db/queries/leaseOutbox.ts";
import { findAll, update } from "#lib/db/rows.ts";
import { fanOut } from "./fanOut.ts";

/**
 * Hands every event that waits to the structured log, where an operator's collector picks it up, and to the channels
 * that asked for it; says how many events there were.
 */
export async function deliverOutbox(ctx: Context): Promise<number> {
  const rows = await ctx.db.transaction((tx) => leaseOutbox(tx, ctx.clock(), minute, 100));
  if (rows.length === 0) return 0;
  for (const row of rows)
    ctx.log.info(
      { event: row.topic, eventId: row.id, at: new Date(row.at).toISOString(), ...row.payload },
      row.topic,
    );
  await ctx.db.transaction(async (tx) => {
    const channels = await findAll(tx, "channel", { active: true });
    for (const row of rows) {
      await fanOut(ctx, tx, row, channels);
      await update(
        tx,
        "outbox",
        { id: row.id },
        { deliveredAt: ctx.clock(), nextAttemptAt: null, leasedUntil: null, attempts: row.attempts + 1 },
      );
    }
  });
  return rows.length;
}
