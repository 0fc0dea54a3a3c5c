import { minute, second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll, upsert } from "#lib/db/rows.ts";

/** How far consumers let clocks differ (docs/allowlist.md), and longer than an approval ever waits. */
const tolerated = minute;

/**
 * Makes a release due for every audience whose newest head is older than the re-sign interval, or that has none. A head
 * from the future was signed while a clock was wrong: no server takes it, so it is signed again at once.
 */
export async function resignHeads(ctx: Context): Promise<void> {
  const now = ctx.clock();
  for (const audience of await findAll(ctx.db, "audience")) {
    const head = await latestHead(ctx.db, audience.id);
    const age = head && now - head.issuedAt;
    if (age !== undefined && age > -tolerated && age < ctx.config.resignSeconds * second) continue;
    await ctx.db.transaction(async (tx) => {
      const key = `publish:${audience.id}`;
      const waiting = await find(tx, "due", { key });
      if (waiting && waiting.at <= now + tolerated) return;
      await upsert(tx, "due", "key", {
        key,
        kind: "publish",
        subject: audience.id,
        cause: head ? "re-signed" : "first release",
        at: now,
        leasedUntil: null,
      });
    });
  }
}
