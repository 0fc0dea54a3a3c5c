import { second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll, upsert } from "#lib/db/rows.ts";

/** Makes a release due for every audience whose newest head is older than the re-sign interval, or that has none. */
export async function resignHeads(ctx: Context): Promise<void> {
  const now = ctx.clock();
  for (const audience of await findAll(ctx.db, "audience")) {
    const head = await latestHead(ctx.db, audience.id);
    if (head && now - head.issuedAt < ctx.config.resignSeconds * second) continue;
    await ctx.db.transaction(async (tx) => {
      const key = `publish:${audience.id}`;
      if (await find(tx, "due", { key })) return;
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
