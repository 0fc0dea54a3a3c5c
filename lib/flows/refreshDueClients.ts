import { systemActor } from "#lib/core/Actor.ts";
import { minute } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { leaseClients } from "#lib/db/queries/leaseClients.ts";
import { refreshClient } from "./refreshClient.ts";

const slice = 100;
const lease = 2 * minute;
const atOnce = 16;

/** Fetches every client whose time has come, a slice at a time, and says how many. One client's trouble never stops the others. */
export async function refreshDueClients(ctx: Context): Promise<number> {
  const ids = await ctx.db.transaction((tx) => leaseClients(tx, ctx.clock(), lease, slice));
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      await refreshClient(ctx, systemActor, { id }).catch((error: unknown) =>
        ctx.log.error({ err: error, client: id }, "refresh failed"),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ids.length;
}
