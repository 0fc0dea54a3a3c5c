import type { Sync } from "#lib/core/client.ts";
import type { OutageKind } from "#lib/core/sync/RecentDigest.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";

/**
 * Opens and closes outages as a client's sync state turns from `client.sync` to `sync`, and says which one is open
 * now. One that begins counts from the first failure; one of another kind that follows it, from now.
 */
export async function followOutage(
  ctx: Context,
  tx: Write,
  client: Pick<Row<"client">, "id" | "sync" | "failingSince">,
  sync: Sync,
): Promise<{ kind: OutageKind; since: number } | undefined> {
  if (!isOutage(client.sync) && !isOutage(sync)) return undefined;
  const now = ctx.clock();
  const open = await find(tx, "outage", { clientRowId: client.id, endedAt: null });
  if (open?.kind === sync) return { kind: open.kind, since: open.startedAt };
  if (open) await update(tx, "outage", { id: open.id }, { endedAt: now });
  if (!isOutage(sync)) return undefined;
  const startedAt = open ? now : (client.failingSince ?? now);
  await insert(tx, "outage", { id: ctx.newId(), clientRowId: client.id, kind: sync, startedAt });
  return { kind: sync, since: startedAt };
}

/** Whether a sync state is one in which the document cannot be read. */
export function isOutage(sync: Sync): sync is OutageKind {
  return sync === "challenged" || sync === "unreachable" || sync === "gone";
}
