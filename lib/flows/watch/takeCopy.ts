import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import { observeStored } from "./observeCopy.ts";
import { takeChange } from "./takeChange.ts";

/**
 * An attested copy becomes the live document, with everything that follows from a change. Whether the document itself can
 * be reached stays as it was, and it is asked for as before.
 */
export async function takeCopy(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
): Promise<void> {
  if (client.liveSnapshotId === snapshot.id) return;
  const before = client.liveSnapshotId
    ? await find(tx, "snapshot", { id: client.liveSnapshotId })
    : undefined;
  await takeChange(ctx, tx, client, before, observeStored(snapshot), { recent: null, copy: true });
  await update(tx, "client", { id: client.id }, { sync: client.sync });
}
