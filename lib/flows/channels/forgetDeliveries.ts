import { day } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { forgetSettled } from "#lib/db/queries/moveDeliveries.ts";

const kept = 90 * day;

/** Keeps the delivery log to ninety days; what still waits stays. */
export async function forgetDeliveries(ctx: Context): Promise<void> {
  await ctx.db.transaction((tx) => forgetSettled(tx, ctx.clock() - kept));
}
