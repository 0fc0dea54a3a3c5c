import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { minute } from "#lib/core/Instant.ts";
import { digestSlot } from "#lib/core/notice/digestSlot.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { insertDeliveries } from "#lib/db/queries/insertDeliveries.ts";
import { listCollecting } from "#lib/db/queries/listCollecting.ts";
import { markDigested } from "#lib/db/queries/moveDeliveries.ts";
import { findAll, type Row } from "#lib/db/rows.ts";
import { deliveryId } from "./fanOut.ts";

const most = 5_000;
const shown = 200;

/** Once a day and channel, puts what gathered for it into one delivery, and says how many digests were made. */
export async function sendDigests(ctx: Context): Promise<number> {
  const gathering = new Set(ctx.notify.kinds.filter((each) => each.gathers).map((each) => each.kind));
  const channels = await findAll(ctx.db, "channel", { active: true });
  let made = 0;
  for (const channel of channels)
    if (gathering.has(channel.kind)) made += await ctx.db.transaction((tx) => gather(ctx, tx, channel));
  return made;
}

async function gather(ctx: Context, tx: Write, channel: Row<"channel">): Promise<number> {
  const now = ctx.clock();
  const slot = digestSlot(now, Number(channel.settings["digestHour"] ?? 7));
  const day = new Date(slot).toISOString().slice(0, 10);
  const rows = await listCollecting(tx, channel.id, slot, most);
  const eventId = `digest-${slot / minute}-${channel.id}`;
  const notices = rows.map((row) => (row.payload as unknown as { notice: Notice }).notice).sort(graver);
  const [gravest] = notices;
  if (!gravest) return 0;
  const made = await insertDeliveries(tx, [
    {
      id: deliveryId(eventId, channel.id),
      channelId: channel.id,
      eventId,
      topic: "digest",
      severity: gravest.severity,
      payload: {
        notice: {
          topic: "digest",
          title: `Digest of ${day}: ${notices.length === 1 ? "1 notice" : `${notices.length} notices`}`,
          sentence: "",
          severity: gravest.severity,
          path: "/findings",
          at: now,
        } satisfies Notice,
        digest: notices.slice(0, shown),
        more: Math.max(0, notices.length - shown),
      },
      state: "waiting",
      attempts: 0,
      nextAttemptAt: now,
      at: now,
    },
  ]);
  // Made before: what came late waits for the next one.
  if (made === 0) return 0;
  await markDigested(
    tx,
    rows.map((row) => row.id),
    { state: "digested", lastSentence: `It went into the digest of ${day}.` },
  );
  return 1;
}

function graver(one: Notice, other: Notice): number {
  return driftSeverities.indexOf(one.severity) - driftSeverities.indexOf(other.severity) || one.at - other.at;
}
