import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { findAll, update } from "#lib/db/rows.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import type { Reached } from "./takeSuccess.ts";

/**
 * Keeps the findings about reaching a client in step. While its document changes to and fro, every look is judged. A
 * connection that looked suspicious is the one to compare with once people have put the finding about it aside.
 */
export async function keepReach(
  ctx: Context,
  tx: Write,
  clientRowId: string,
  { causes, connection }: Reached,
): Promise<void> {
  const client = await requireClient(tx, clientRowId);
  const isWatched = ["approved", "suspended", "pending"].includes(client.lifecycle);
  await keepFindings(ctx, tx, client, "reach", isWatched ? causes : []);
  const says = (id: string) => causes.some(({ rule }) => rule === id);
  if (says("reach.flapping")) await update(tx, "client", { id: clientRowId }, { unsettled: true });
  const rule = "reach.certificate-issuer-changed";
  if (!connection || !says(rule)) return;
  const [finding] = (await findAll(tx, "finding", { clientRowId, rule })).toSorted(
    (a, b) => b.number - a.number,
  );
  if (!isWatched || finding?.state === "dismissed" || finding?.state === "waived")
    await update(tx, "client", { id: clientRowId }, connection);
}
