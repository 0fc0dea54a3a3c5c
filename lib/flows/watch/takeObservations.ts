import { minute } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { dueTimes, postponeClients } from "#lib/db/queries/postponeClients.ts";
import type { Seen } from "./observeClient.ts";
import { takeObservation } from "./takeObservation.ts";
import { takeUnchanged } from "./takeUnchanged.ts";
import { tellHosts } from "./tellHosts.ts";

const later = 5 * minute;

/**
 * Takes in what the network showed of many clients and says of each, in their order, whether it changed. Those that
 * showed nothing new are written together, apart from the others: they never wait for the journal. The others share a
 * transaction; one client's trouble does not cost the rest: then each gets a transaction of its own, and the one
 * that still fails is logged, counts as unchanged and is visited again in a while. An outcome is dropped when the client
 * was looked at since the visit began, or is to be looked at another time.
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
  return Promise.all(batch.map((seen) => takeAlone(ctx, seen)));
}

async function takeAlone(ctx: Context, seen: Seen): Promise<boolean> {
  try {
    const [changed] = await ctx.db.transaction((tx) => takeAll(ctx, tx, [seen]));
    return changed ?? false;
  } catch (error) {
    ctx.log.error({ err: error, client: seen.clientRowId }, "refresh failed");
  }
  if (seen.visit) await ctx.db.transaction((tx) => putOff(ctx, tx, [seen.clientRowId]));
  return false;
}

/** Lets clients wait whose visit could not be written: they would be due again at once. */
export async function putOff(ctx: Context, tx: Write, ids: readonly string[]): Promise<void> {
  const until = ctx.clock() + later;
  await postponeClients(
    tx,
    ids.map((id) => ({ id, until })),
  );
}

async function takeAll(ctx: Context, tx: Write, batch: readonly Seen[]): Promise<boolean[]> {
  const visited = batch.filter(({ visit }) => visit).map(({ clientRowId }) => clientRowId);
  const dueAt = await dueTimes(tx, visited);
  const stands = ({ clientRowId, visit }: Seen) => !visit || dueAt.get(clientRowId) === visit.client.dueAt;
  const changed: boolean[] = [];
  for (const seen of batch) changed.push(stands(seen) && (await takeObservation(ctx, tx, seen)));
  await putOff(ctx, tx, await stillDue(tx, batch.filter(stands)));
  await tellHosts(tx, batch.filter(stands), ctx.clock());
  return changed;
}

/** An outcome that settled nothing leaves its client due, and the worker would ask again and again. */
async function stillDue(tx: Write, batch: readonly Seen[]): Promise<string[]> {
  const visited = batch.filter(({ visit }) => visit);
  const dueAt = await dueTimes(
    tx,
    visited.map(({ clientRowId }) => clientRowId),
  );
  return visited.flatMap(({ clientRowId, visit }) =>
    dueAt.get(clientRowId) === visit?.client.dueAt ? [clientRowId] : [],
  );
}
