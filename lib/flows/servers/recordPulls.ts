import type { Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { find, update } from "#lib/db/rows.ts";

export interface Pull {
  readonly tokenId: string;
  readonly seq: number;
  readonly at: Instant;
}

/** Writes down which servers pulled which head, many at once: a pull must not cost a transaction. */
export async function recordPulls(ctx: Context, pulls: readonly Pull[]): Promise<void> {
  if (pulls.length === 0) return;
  await ctx.db.transaction(async (tx) => {
    for (const pull of pulls) {
      const consumer = await find(tx, "consumer", { tokenId: pull.tokenId });
      if (consumer)
        await update(tx, "consumer", { id: consumer.id }, { lastPullAt: pull.at, lastPullSeq: pull.seq });
      await update(tx, "apiToken", { id: pull.tokenId }, { lastUsedAt: pull.at });
    }
  });
}
