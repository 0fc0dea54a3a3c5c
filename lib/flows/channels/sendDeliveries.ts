import { systemActor } from "#lib/core/Actor.ts";
import { minute, second } from "#lib/core/Instant.ts";
import type { Message } from "#lib/core/notice/Message.ts";
import { nextSend } from "#lib/core/notice/nextSend.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";
import type { Sent } from "#lib/core/notice/Sent.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { leaseDeliveries } from "#lib/db/queries/leaseDeliveries.ts";
import { failDeliveries, postponeDeliveries } from "#lib/db/queries/moveDeliveries.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

const atOnce = 50;
const lease = 5 * minute;

/**
 * Sends what is due, channels side by side and the deliveries of one in their order, and says how many were taken. After
 * a failure the rest of that channel waits for half a minute. What was sent but could not be marked is sent again under
 * the same id.
 */
export async function sendDeliveries(ctx: Context): Promise<number> {
  const rows = await ctx.db.transaction((tx) => leaseDeliveries(tx, ctx.clock(), lease, atOnce));
  const byChannel = Map.groupBy(rows, (row) => row.channelId);
  const ended = await Promise.allSettled([...byChannel].map(([id, own]) => sendThrough(ctx, id, own)));
  for (const each of ended) if (each.status === "rejected") throw each.reason;
  return ended.reduce((sum, each) => sum + (each.status === "fulfilled" ? each.value : 0), 0);
}

async function sendThrough(
  ctx: Context,
  channelId: string,
  rows: readonly Row<"delivery">[],
): Promise<number> {
  let taken = 0;
  for (const row of rows) {
    const channel = await find(ctx.db, "channel", { id: channelId });
    if (!channel?.active) {
      await ctx.db.transaction((tx) => failDeliveries(tx, channelId, "The channel is switched off."));
      break;
    }
    const sent = await ctx.notify.send(channel.kind, channel.settings, messageOf(ctx, row));
    await ctx.db.transaction((tx) => takeSent(ctx, tx, channel, row, sent));
    if (sent.outcome === "delivered") taken++;
    if (sent.outcome === "failed") break;
  }
  return taken;
}

/** What a delivery says, with the addresses of this installation. */
export function messageOf(ctx: Context, row: Row<"delivery">): Message {
  const { notice, digest, more } = row.payload as { notice: Notice; digest?: Notice[]; more?: number };
  const linked = (each: Notice) => ({ notice: each, link: ctx.config.baseUrl + each.path });
  return { id: row.eventId, ...linked(notice), digest: digest?.map(linked), more };
}

async function takeSent(
  ctx: Context,
  tx: Write,
  { id: channelId }: Row<"channel">,
  row: Row<"delivery">,
  sent: Sent,
): Promise<void> {
  const now = ctx.clock();
  const attempts = row.attempts + 1;
  const firstTriedAt = row.firstTriedAt ?? now;
  const isDelivered = sent.outcome === "delivered";
  const next = sent.outcome === "failed" ? nextSend(attempts, firstTriedAt, now, sent.retryAfter) : undefined;
  const isFinal = !isDelivered && next === undefined;
  await update(
    tx,
    "delivery",
    { id: row.id },
    {
      state: isDelivered ? "delivered" : isFinal ? "failed" : "waiting",
      attempts,
      firstTriedAt,
      lastStatus: sent.status ?? null,
      lastSentence: sent.sentence,
      deliveredAt: isDelivered ? now : null,
      nextAttemptAt: next ?? null,
      leasedUntil: null,
    },
  );
  if (sent.outcome === "failed") await postponeDeliveries(tx, channelId, now, now + 30 * second);
  const channel = await find(tx, "channel", { id: channelId });
  if (isDelivered && channel && channel.failingSince !== null)
    await update(tx, "channel", { id: channelId }, { failingSince: null });
  if (isFinal && channel) await takeFailing(ctx, tx, channel, sent);
}

/** Said once, until something gets through again. */
async function takeFailing(ctx: Context, tx: Write, channel: Row<"channel">, sent: Sent): Promise<void> {
  const { switchOff = false } = sent;
  if (switchOff && channel.active) {
    await update(
      tx,
      "channel",
      { id: channel.id },
      { active: false, offReason: sent.sentence, revision: channel.revision + 1 },
    );
    await failDeliveries(tx, channel.id, `The channel was switched off. ${sent.sentence}`);
  }
  if (channel.failingSince !== null && !(switchOff && channel.active)) return;
  await update(tx, "channel", { id: channel.id }, { failingSince: channel.failingSince ?? ctx.clock() });
  await note(ctx, tx, systemActor, {
    action: "channel.failing",
    subject: { kind: "channel", id: channel.id, name: channel.name },
    detail: { sentence: sent.sentence, switchedOff: switchOff },
  });
}
