import type { Context } from "#lib/context.ts";
import { forgetHostStates } from "#lib/db/queries/hostStates.ts";

/** Forgets the hosts of which there is nothing to remember any more. */
export async function forgetHosts(ctx: Context): Promise<void> {
  await ctx.db.transaction((tx) => forgetHostStates(tx, ctx.clock()));
}
