import { second, type Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { leaseDue } from "#lib/db/queries/leaseDue.ts";
import { settleDue } from "#lib/db/queries/settleDue.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import { together } from "#lib/db/together.ts";
import { takeLease, type Lease } from "./publisherLease.ts";
import { publishRelease } from "./publishRelease.ts";

const lease = 30 * second;
const retryAfter = 2 * second;
/** What somebody has to do something about first; whoever does makes the row due at once. */
const refusedRetryAfter = 10 * second;

interface DueRelease {
  readonly row: Row<"due">;
  readonly right: Lease;
  /** Undefined: the list is not there any more. */
  readonly audience: Row<"audience"> | undefined;
}

/** Publishes every release that is due and says how many. A row that changed meanwhile stays due. */
export async function publishDueReleases(ctx: Context): Promise<number> {
  const leasedUntil = ctx.clock() + lease;
  const rows = await takeDue(ctx);
  let published = 0;
  for (const { row, right, audience } of rows) {
    if (audience) {
      try {
        await publishRelease(ctx, audience, row.cause, { lease: right, due: row, leasedUntil });
      } catch (error) {
        // One list's trouble never holds up the others; it is tried again soon, for a deny may wait in it.
        const refused = error instanceof Refusal;
        ctx.log[refused ? "warn" : "error"]({ err: error, audience: audience.slug }, "release failed");
        await putOff(ctx, row, ctx.clock() + (refused ? refusedRetryAfter : retryAfter));
        continue;
      }
      published++;
    } else await ctx.db.transaction((tx) => settleDue(tx, row, leasedUntil));
  }
  return published;
}

/** Due rows of lists that no other process publishes now, with the right to publish them. */
async function takeDue(ctx: Context): Promise<DueRelease[]> {
  return ctx.db.transaction(async (tx) => {
    const taken: DueRelease[] = [];
    for (const row of await leaseDue(tx, ctx.clock(), lease, 20)) {
      const [right, audience] = await together([
        takeLease(ctx, tx, row.subject),
        find(tx, "audience", { id: row.subject }),
      ]);
      if (right) taken.push({ row, right, audience });
      else await update(tx, "due", { key: row.key }, { leasedUntil: ctx.clock() + retryAfter });
    }
    return taken;
  });
}

async function putOff(ctx: Context, row: Row<"due">, until: Instant): Promise<void> {
  await ctx.db.transaction((tx) => update(tx, "due", { key: row.key, at: row.at }, { leasedUntil: until }));
}
