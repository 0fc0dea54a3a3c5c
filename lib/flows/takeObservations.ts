import type { Context } from "#lib/context.ts";
import type { Seen } from "./observeClient.ts";
import { takeObservation } from "./takeObservation.ts";

/**
 * Takes in what the network showed of many clients, in one transaction, and says of each, in their order, whether it
 * changed. One client's trouble does not cost the others: then each gets a transaction of its own, and the one that
 * still fails is logged and counts as unchanged.
 */
export async function takeObservations(ctx: Context, batch: readonly Seen[]): Promise<boolean[]> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const changed: boolean[] = [];
      for (const seen of batch) changed.push(await takeObservation(ctx, tx, seen));
      return changed;
    });
  } catch (error) {
    ctx.log.warn({ err: error, clients: batch.length }, "a batch failed; its clients are written one by one");
  }
  return Promise.all(
    batch.map((seen) =>
      ctx.db
        .transaction((tx) => takeObservation(ctx, tx, seen))
        .catch((error: unknown) => {
          ctx.log.error({ err: error, client: seen.clientRowId }, "refresh failed");
          return false;
        }),
    ),
  );
}
