import type { Context } from "#lib/context.ts";
import { find, upsert } from "#lib/db/rows.ts";

/**
 * Notes whether something of the installation is well, with a sentence for administrators when it is not. Writes only
 * when that changed.
 */
export async function noteCondition(ctx: Context, key: string, fault: string | null): Promise<void> {
  const known = await find(ctx.db, "condition", { key });
  const ok = fault === null;
  if (known ? known.ok === ok && (ok || known.sentence === fault) : ok) return;
  const now = ctx.clock();
  await ctx.db.transaction((tx) =>
    upsert(tx, "condition", "key", {
      key,
      ok,
      sentence: fault ?? "It is well again.",
      since: known?.ok === ok ? known.since : now,
      checkedAt: now,
    }),
  );
}
