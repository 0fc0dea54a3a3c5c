import { highestSeverity } from "#lib/core/drift/compareDocuments.ts";
import { compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { driftFactsOf } from "#lib/db/queries/driftFactsOf.ts";
import { insert, type Row } from "#lib/db/rows.ts";
import type { Observation } from "./observeDocument.ts";
import { sayWhoBreaks } from "./sayWhoBreaks.ts";

/** Writes how the live document came to differ from the one before it. */
export async function recordChange(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  before: Row<"snapshot">,
  after: Row<"snapshot">,
  { document }: Observation,
): Promise<readonly Change[]> {
  const facts = await driftFactsOf(tx, ctx.clock(), client, before, after);
  const found = compareSnapshots({ clientId: client.clientId, before, after, seen: document, facts });
  const changes = client.lifecycle === "approved" ? await sayWhoBreaks(tx, client, found) : found;
  const severity = highestSeverity(changes);
  if (severity !== "none")
    await insert(tx, "change", {
      id: ctx.newId(),
      clientRowId: client.id,
      beforeId: before.id,
      afterId: after.id,
      severity,
      changes,
      at: ctx.clock(),
    });
  return changes;
}
