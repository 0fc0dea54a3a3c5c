import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { leasesOf } from "#lib/db/queries/leaseClients.ts";
import type { Seen } from "./observeClient.ts";
import { takeObservation } from "./takeObservation.ts";
import { takeUnchanged } from "./takeUnchanged.ts";
import { tellHosts } from "./tellHosts.ts";

/**
 * Takes in what the network showed of many clients and says of each, in their order, whether it changed. Those that
 * showed nothing new are written together, apart from the others: they never wait for the journal. The others share a
 * transaction; one client's trouble does not cost the rest: then each gets a transaction of its own, and the one
 * that still fails is logged and counts as unchanged. An outcome of a visit whose lease ran out is dropped when somebody
 * else has taken the client since.
 */
export async function takeObservations(ctx: Context, batch: readonly Seen[]): Promise<boolean[]> {
  const news = await withoutUnchanged(ctx, batch);
  const changed = new Map<Seen, boolean>();
  if (news.length > 0) {
    const taken = await takeNews(ctx, news);
    for (const [place, seen] of news.entries()) changed.set(seen, taken[place] ?? false);
  }
  return batch.map((seen) => changed.get(seen) ?? false);
}

async function withoutUnchanged(ctx: Context, batch: readonly Seen[]): Promise<readonly Seen[]> {
  if (!batch.some(({ visit }) => visit)) return batch;
  return ctx.db.transaction(async (tx) => {
    const others = await takeUnchanged(ctx, tx, batch);
    const taken = new Set(others);
    await tellHosts(
      tx,
      batch.filter((seen) => !taken.has(seen)),
      ctx.clock(),
    );
    return others;
  });
}

async function takeNews(ctx: Context, batch: readonly Seen[]): Promise<boolean[]> {
  try {
    return await ctx.db.transaction((tx) => takeAll(ctx, tx, batch));
  } catch (error) {
    ctx.log.warn({ err: error, clients: batch.length }, "a batch failed; its clients are written one by one");
  }
  const alone = batch.map((seen) =>
    ctx.db
      .transaction((tx) => takeAll(ctx, tx, [seen]))
      .catch((error: unknown) => {
        ctx.log.error({ err: error, client: seen.clientRowId }, "refresh failed");
        return [false];
      }),
  );
  return (await Promise.all(alone)).flat();
}

async function takeAll(ctx: Context, tx: Write, batch: readonly Seen[]): Promise<boolean[]> {
  const leased = batch.filter(({ visit }) => visit).map(({ clientRowId }) => clientRowId);
  const leases = await leasesOf(tx, leased);
  const ours = batch.filter(({ clientRowId, visit }) => !visit || leases.get(clientRowId) === visit.lease);
  const changed: boolean[] = [];
  for (const seen of batch) changed.push(ours.includes(seen) ? await takeObservation(ctx, tx, seen) : false);
  await tellHosts(tx, ours, ctx.clock());
  return changed;
}
