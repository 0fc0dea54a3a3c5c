import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, update, type NewRow, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { requireChannel } from "./requireChannel.ts";

/** Sends a delivery again, under the same id: the receiver can tell that it is the same event. */
export async function replayDelivery(ctx: Context, actor: Actor, input: { id: string }): Promise<void> {
  requirePermission(actor, "administer");
  await ctx.db.transaction(async (tx) => {
    const delivery = await find(tx, "delivery", { id: input.id });
    if (!delivery) throw new Refusal("not_found", "There is no such delivery.");
    const channel = await requireOpen(tx, delivery.channelId);
    if (delivery.state !== "failed" && delivery.state !== "delivered")
      throw new Refusal("conflict", "It is on its way already.");
    await update(tx, "delivery", { id: delivery.id }, newRound(ctx));
    await noteReplay(ctx, tx, actor, channel, 1);
  });
}

/** Sends everything of a channel that failed again, and says how much that was. */
export async function replayFailed(
  ctx: Context,
  actor: Actor,
  input: { channelId: string },
): Promise<{ count: number }> {
  requirePermission(actor, "administer");
  return ctx.db.transaction(async (tx) => {
    const channel = await requireOpen(tx, input.channelId);
    const count = await update(tx, "delivery", { channelId: channel.id, state: "failed" }, newRound(ctx));
    if (count > 0) await noteReplay(ctx, tx, actor, channel, count);
    return { count };
  });
}

async function requireOpen(tx: Write, id: string): Promise<Row<"channel">> {
  const channel = await requireChannel(tx, id);
  if (channel.active) return channel;
  throw new Refusal("not_ready", "The channel is switched off. Switch it on first.");
}

function newRound(ctx: Context): Partial<NewRow<"delivery">> {
  return {
    state: "waiting",
    attempts: 0,
    firstTriedAt: null,
    nextAttemptAt: ctx.clock(),
    leasedUntil: null,
    deliveredAt: null,
  };
}

async function noteReplay(
  ctx: Context,
  tx: Write,
  actor: Actor,
  channel: Row<"channel">,
  count: number,
): Promise<void> {
  await note(ctx, tx, actor, {
    action: "channel.replayed",
    subject: { kind: "channel", id: channel.id, name: channel.name },
    detail: { count },
  });
}
