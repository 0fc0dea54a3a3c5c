import type { Context } from "#lib/context.ts";
import { day } from "#lib/core/Instant.ts";
import { listReleases } from "#lib/db/queries/listReleases.ts";
import { find, insert } from "#lib/db/rows.ts";
import type { DemoServer } from "./foundCompany.ts";

/** When the company's servers ran the releases of its history: within seconds, but for the one that went quiet yesterday. */
export async function recallActivations(
  ctx: Context,
  servers: readonly DemoServer[],
  end: number,
): Promise<void> {
  for (const { consumerId, name } of servers) {
    const consumer = await find(ctx.db, "consumer", { id: consumerId });
    if (!consumer) continue;
    const { audienceId } = consumer;
    const quiet = name === "idp-us-1";
    for (const { first } of await listReleases(ctx.db, audienceId, 200)) {
      const { epoch, rev, issuedAt } = first;
      if (quiet && issuedAt > end - day) continue;
      const at = issuedAt + (quiet ? 2_100 : 400) + ((rev * 2_654_435_761) % 1_700);
      const row = { id: ctx.newId(), audienceId, consumerId, instance: name, epoch, rev };
      const said = { activatedAt: at, receivedAt: at };
      const known = await find(ctx.db, "activation", { consumerId, instance: name, epoch, rev });
      if (!known) await ctx.db.transaction((tx) => insert(tx, "activation", { ...row, ...said }));
    }
  }
}
