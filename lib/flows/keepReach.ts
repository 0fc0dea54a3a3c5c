import type { Cause } from "#lib/core/finding/Finding.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update } from "#lib/db/rows.ts";
import { keepFindings } from "./keepFindings.ts";
import { requireClient } from "./requireClient.ts";

/** Keeps the findings about reaching a client in step. While its document changes to and fro, every look is judged. */
export async function keepReach(
  ctx: Context,
  tx: Write,
  clientRowId: string,
  causes: readonly Cause[],
): Promise<void> {
  const client = await requireClient(tx, clientRowId);
  const isWatched = ["approved", "suspended", "pending"].includes(client.lifecycle);
  await keepFindings(ctx, tx, client, "reach", isWatched ? causes : []);
  if (causes.some(({ rule }) => rule === "reach.flapping"))
    await update(tx, "client", { id: clientRowId }, { unsettled: true });
}
