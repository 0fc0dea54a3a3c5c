import { day } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { forgetSeen } from "#lib/db/queries/discoveries.ts";

const kept = 90 * day;
/** A body that could not be sent is not tried for longer. */
const batchesKept = 7 * day;

/** Keeps what servers met for ninety days. */
export async function forgetSightings(ctx: Context): Promise<void> {
  const now = ctx.clock();
  await ctx.db.transaction((tx) => forgetSeen(tx, now - kept, now - batchesKept));
}
