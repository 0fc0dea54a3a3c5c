import { systemActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { note } from "./note.ts";

/** Closes requests that nobody decided in time; a pending client is discovered again. */
export async function expireRequests(ctx: Context): Promise<void> {
  const now = ctx.clock();
  for (const request of await findAll(ctx.db, "request", { state: "open" })) {
    if (request.expiresAt > now) continue;
    await ctx.db.transaction(async (tx) => {
      const current = await find(tx, "request", { id: request.id, state: "open" });
      const client = await find(tx, "client", { id: request.clientRowId });
      if (!current || !client) return;
      await update(
        tx,
        "request",
        { id: current.id },
        { state: "expired", decidedAt: now, revision: current.revision + 1 },
      );
      if (client.lifecycle === "pending")
        await update(
          tx,
          "client",
          { id: client.id },
          { lifecycle: "discovered", lifecycleAt: now, updatedAt: now, revision: client.revision + 1 },
        );
      await note(ctx, tx, systemActor, {
        action: "request.expired",
        subject: { kind: "client", id: client.id, name: client.clientId },
        detail: { number: current.number },
      });
    });
  }
}
