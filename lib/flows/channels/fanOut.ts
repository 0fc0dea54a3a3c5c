import { channelWants } from "#lib/core/notice/channelWants.ts";
import { type KnownClient, noticeOf } from "#lib/core/notice/noticeOf.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { insertDeliveries } from "#lib/db/queries/insertDeliveries.ts";
import { find, type NewRow, type Row } from "#lib/db/rows.ts";

/** Makes one delivery for every channel that asked for an event; those that are there already stay as they are. */
export async function fanOut(
  ctx: Context,
  tx: Write,
  event: Row<"outbox">,
  channels: readonly Row<"channel">[],
): Promise<void> {
  if (channels.length === 0 || !noticeOf(event)) return;
  const notice = noticeOf(event, await clientOf(tx, event));
  if (!notice) return;
  const subject = event.payload["subject"] as { id?: unknown } | undefined;
  const wanting = channels.filter((channel) => channel.id !== subject?.id && channelWants(channel, notice));
  await insertDeliveries(
    tx,
    wanting.map((channel) => deliveryOf(ctx, channel, event.id, notice)),
  );
}

/** Named after event and channel, so that nothing is sent twice because something was done twice. */
function deliveryOf(
  ctx: Context,
  channel: Row<"channel">,
  eventId: string,
  notice: Notice,
): NewRow<"delivery"> {
  const now = ctx.clock();
  const isUrgent = notice.severity === "critical" || notice.severity === "high";
  const gathers = ctx.notify.kinds.find(({ kind }) => kind === channel.kind)?.gathers ?? false;
  const waits = gathers && !isUrgent;
  return {
    id: deliveryId(eventId, channel.id),
    channelId: channel.id,
    eventId,
    topic: notice.topic,
    severity: notice.severity,
    payload: { notice },
    state: waits ? "collecting" : "waiting",
    attempts: 0,
    nextAttemptAt: waits ? null : now,
    at: now,
  };
}

/** The id of the one delivery of an event to a channel. */
export function deliveryId(eventId: string, channelId: string): string {
  return sha256Hex(`${eventId} ${channelId}`);
}

async function clientOf(db: Read, event: Row<"outbox">): Promise<KnownClient | undefined> {
  const { subject, detail } = event.payload as {
    subject?: { kind?: unknown; id?: unknown };
    detail?: { client?: { id?: unknown } | null };
  };
  const id = subject?.kind === "client" ? subject.id : detail?.client?.id;
  return typeof id === "string" ? find(db, "client", { id }) : undefined;
}
