import { systemActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { countChildren } from "#lib/db/queries/countChildren.ts";
import { find, update } from "#lib/db/rows.ts";
import { noteNamespace } from "./noteNamespace.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

/**
 * Closes the namespaces of which more children were admitted than approved: the next release refuses all of them, until
 * somebody raises the limit. To be called with the ids of namespaces that got a new child, in the transaction that wrote it.
 */
export async function limitNamespaces(ctx: Context, tx: Write, ids: Iterable<string>): Promise<void> {
  for (const id of new Set(ids)) {
    const namespace = await find(tx, "namespace", { id });
    if (!namespace || namespace.fullAt !== null || namespace.state !== "approved") continue;
    const children = await countChildren(tx, id);
    const most = namespace.constraints.mostChildren;
    if (children <= most) continue;
    await update(tx, "namespace", { id }, { fullAt: ctx.clock(), revision: namespace.revision + 1 });
    await noteNamespace(ctx, tx, systemActor, namespace, "full", { children, most });
    await scheduleRelease(ctx, tx, `too many children of ${namespace.pattern}`, 0, []);
  }
}
