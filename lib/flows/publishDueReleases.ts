import { second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { leaseDue } from "#lib/db/queries/leaseDue.ts";
import { find, remove, update } from "#lib/db/rows.ts";
import { publishRelease } from "./publishRelease.ts";

const lease = 30 * second;
const retryAfter = 2 * second;

/** Publishes every release that is due and says how many. A row that changed meanwhile stays due. */
export async function publishDueReleases(ctx: Context): Promise<number> {
  const rows = await ctx.db.transaction((tx) => leaseDue(tx, ctx.clock(), lease, 20));
  const leasedAt = ctx.clock();
  let published = 0;
  for (const row of rows) {
    const audience = await find(ctx.db, "audience", { id: row.subject });
    if (audience) {
      try {
        await publishRelease(ctx, audience, row.cause);
      } catch (error) {
        // One list's trouble never holds up the others; it is tried again soon, for a deny may wait in it.
        ctx.log.error({ err: error, audience: audience.slug }, "release failed");
        await ctx.db.transaction((tx) =>
          update(tx, "due", { key: row.key, at: row.at }, { leasedUntil: ctx.clock() + retryAfter }),
        );
        continue;
      }
      published++;
    }
    await ctx.db.transaction(async (tx) => {
      const now = await find(tx, "due", { key: row.key });
      if (now && now.at === row.at && now.leasedUntil !== null && now.leasedUntil <= leasedAt + lease)
        await remove(tx, "due", { key: row.key });
    });
  }
  return published;
}
