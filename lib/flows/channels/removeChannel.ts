import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import type { Context } from "#lib/context.ts";
import { failDeliveries } from "#lib/db/queries/moveDeliveries.ts";
import { update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireChannel } from "./requireChannel.ts";

/** Ends a channel and forgets its settings, secrets included. Its deliveries stay in the log; its name is free again. */
export async function removeChannel(ctx: Context, actor: Actor, input: { id: string }): Promise<void> {
  requirePermission(actor, "administer");
  await ctx.db.transaction(async (tx) => {
    const channel = await requireChannel(tx, input.id);
    await update(
      tx,
      "channel",
      { id: channel.id },
      {
        active: false,
        settings: {},
        removedAt: ctx.clock(),
        name: `${channel.name} (removed ${channel.id})`,
        revision: channel.revision + 1,
      },
    );
    await failDeliveries(tx, channel.id, "The channel was removed.");
    await note(ctx, tx, actor, {
      action: "channel.removed",
      subject: { kind: "channel", id: channel.id, name: channel.name },
      detail: { kind: channel.kind },
    });
  });
}
