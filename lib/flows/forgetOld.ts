import { day, hour } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import {
  oldActivations,
  oldCheckpoints,
  oldFailures,
  oldInvites,
  removeRows,
  type Prunable,
} from "#lib/db/queries/oldRows.ts";
import { findAll } from "#lib/db/rows.ts";

/** Heads, and whoever verifies the log, need the newest checkpoint only. */
const checkpointsKept = hour;
/** Whoever opens the link is told that it has ended. */
const invitesKept = 30 * day;
const activationsKept = 90 * day;
/** Releases back from the newest whose way to the servers is shown whenever that was, and some more. */
const releasesShown = 50;
/** The outages they belong to stay. */
const failuresKept = 90 * day;

/** Rows of one transaction, and transactions of one call: everybody else goes in between. */
const atOnce = 1_000;
const mostTurns = 200;

/**
 * Removes what grew old and nothing needs: superseded checkpoints of the log, ended invites, first reports of long past
 * releases, failed fetches. Says how many rows went. Leaves and tiles of the log, the journal, heads and whatever was read stay.
 */
export async function forgetOld(ctx: Context, signal?: AbortSignal): Promise<number> {
  const { db } = ctx;
  const now = ctx.clock();
  const forget = (name: Prunable, find: () => Promise<(string | number)[]>) =>
    forgetRows(ctx, name, find, signal);
  let gone = await forget("logCheckpoint", () => oldCheckpoints(db, now - checkpointsKept, atOnce));
  gone += await forget("invite", () => oldInvites(db, now - invitesKept, atOnce));
  gone += await forget("fetchLog", () => oldFailures(db, now - failuresKept, atOnce));
  for (const { id } of await findAll(db, "audience")) {
    const newest = await latestHead(db, id);
    if (!newest) continue;
    const from = { epoch: newest.epoch, rev: newest.rev - releasesShown };
    gone += await forget("activation", () => oldActivations(db, id, from, now - activationsKept, atOnce));
  }
  return gone;
}

async function forgetRows(
  ctx: Context,
  name: Prunable,
  find: () => Promise<(string | number)[]>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let gone = 0;
  for (let turn = 0; turn < mostTurns; turn++) {
    if (signal?.aborted) break;
    const rows = await find();
    if (rows.length > 0) await ctx.db.transaction((tx) => removeRows(tx, name, rows));
    gone += rows.length;
    if (rows.length < atOnce) break;
  }
  return gone;
}
