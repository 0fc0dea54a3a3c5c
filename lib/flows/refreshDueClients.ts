import { minute } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { findByIds } from "#lib/db/byIds.ts";
import { leaseClients } from "#lib/db/queries/leaseClients.ts";
import { collectBatches } from "./collectBatches.ts";
import { observeClient, type Seen } from "./observeClient.ts";
import { takeObservations } from "./takeObservations.ts";

const slice = 100;
const lease = 2 * minute;
const atOnce = 16;
/** How long an outcome waits for others to be written with, in ms: what a document lost must leave the list soon. */
const patience = 100;

/**
 * Fetches clients whose time has come, up to a slice, writes their outcomes in batches and says how many they were. One
 * client's trouble never stops the others.
 */
export async function refreshDueClients(ctx: Context): Promise<number> {
  const clients = await ctx.db.transaction((tx) => leaseClients(tx, ctx.clock(), lease, slice));
  const live = await findByIds(
    ctx.db,
    "snapshot",
    clients.flatMap((client) => client.liveSnapshotId ?? []),
  );
  const liveOf = new Map(live.map((snapshot) => [snapshot.id, snapshot]));
  const waiting = [...clients];
  const outcomes = collectBatches<Seen>(slice, patience, (batch) => takeObservations(ctx, batch));
  const work = async () => {
    for (let client = waiting.pop(); client; client = waiting.pop()) {
      try {
        outcomes.add(await observeClient(ctx, client, liveOf.get(client.liveSnapshotId ?? "")));
      } catch (error) {
        ctx.log.error({ err: error, client: client.id }, "refresh failed");
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await outcomes.end();
  return clients.length;
}
