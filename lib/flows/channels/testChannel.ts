import type { Actor } from "#lib/core/Actor.ts";
import { requirePermission } from "#lib/core/may.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";
import type { Sent } from "#lib/core/notice/Sent.ts";
import type { Context } from "#lib/context.ts";
import { insert, update } from "#lib/db/rows.ts";
import { deliveryId } from "./fanOut.ts";
import { note } from "#lib/flows/note.ts";
import { requireChannel } from "./requireChannel.ts";

/** Sends a test message through a channel now and says what the other side answered. */
export async function testChannel(
  ctx: Context,
  actor: Actor,
  input: { id: string },
): Promise<Pick<Sent, "outcome" | "status" | "sentence">> {
  requirePermission(actor, "administer");
  const channel = await requireChannel(ctx.db, input.id);
  const eventId = ctx.newId();
  const at = ctx.clock();
  const notice: Notice = {
    topic: "channel.test",
    title: "A test from Rollcall",
    sentence: `${actor.name} tests this channel. Nothing happened to any client.`,
    severity: "info",
    path: `/settings/notifications/${channel.id}`,
    at,
    by: actor.name,
  };
  const link = ctx.config.baseUrl + notice.path;
  const { outcome, status, sentence } = await ctx.notify.send(channel.kind, channel.settings, {
    id: eventId,
    notice,
    link,
  });
  const now = ctx.clock();
  const isDelivered = outcome === "delivered";
  await ctx.db.transaction(async (tx) => {
    await insert(tx, "delivery", {
      id: deliveryId(eventId, channel.id),
      channelId: channel.id,
      eventId,
      topic: notice.topic,
      severity: notice.severity,
      payload: { notice },
      state: isDelivered ? "delivered" : "failed",
      attempts: 1,
      firstTriedAt: at,
      lastStatus: status ?? null,
      lastSentence: sentence,
      at,
      deliveredAt: isDelivered ? now : null,
    });
    if (isDelivered) await update(tx, "channel", { id: channel.id }, { failingSince: null });
    await note(ctx, tx, actor, {
      action: "channel.tested",
      subject: { kind: "channel", id: channel.id, name: channel.name },
      detail: { outcome, status },
    });
  });
  return { outcome, status, sentence };
}
