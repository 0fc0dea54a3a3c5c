import { day, second, type Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { doubtStrayObjects, neededNamespaces, removeUnneeded } from "#lib/db/queries/listObjects.ts";
import { findAll } from "#lib/db/rows.ts";

/** A publisher may just be storing what no tree holds yet. */
const fresh = day;

/** Objects of one transaction. */
const atOnce = 500;

/** What nobody needed since before then may go. */
export function collectableSince(ctx: Context): Instant {
  const { headLifetimeSeconds, releasesKeptDays } = ctx.config;
  return ctx.clock() - headLifetimeSeconds * second - releasesKeptDays * day;
}

/**
 * Removes objects that no list's newest tree holds, once no head that reached them has been valid for as long as releases are kept; says
 * how many. While any list is rolled back nothing is removed: the release it is held at needs its own objects.
 */
export async function collectObjects(ctx: Context): Promise<number> {
  const now = ctx.clock();
  const before = collectableSince(ctx);
  await ctx.db.transaction(async (tx) => doubtStrayObjects(tx, now, now - fresh, await neededNamespaces(tx)));
  let removed = 0;
  for (;;) {
    // Asked in the transaction that removes: somebody may have rolled a list back a moment ago.
    const some = await ctx.db.transaction(async (tx) =>
      (await isAnyHeld(tx)) ? 0 : removeUnneeded(tx, before, await neededNamespaces(tx), atOnce),
    );
    removed += some;
    if (some < atOnce) return removed;
  }
}

async function isAnyHeld(db: Read): Promise<boolean> {
  return (await findAll(db, "audience")).some(({ heldHeadId }) => heldHeadId !== null);
}
