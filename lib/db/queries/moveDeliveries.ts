import { and, eq, inArray, lt, lte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import { update, type NewRow } from "../rows.ts";

/** What is due to a channel waits until `until`: one failure speaks for all that would follow it at once. */
export async function postponeDeliveries(
  tx: Write,
  channelId: string,
  now: Instant,
  until: Instant,
): Promise<void> {
  const { delivery } = tx.t;
  await tx.orm
    .update(delivery)
    .set({ nextAttemptAt: until, leasedUntil: null })
    .where(
      and(eq(delivery.channelId, channelId), eq(delivery.state, "waiting"), lte(delivery.nextAttemptAt, now)),
    );
}

/** Gives up what waits for a channel, for a digest as well. */
export async function failDeliveries(tx: Write, channelId: string, sentence: string): Promise<void> {
  const failed = { state: "failed", nextAttemptAt: null, leasedUntil: null, lastSentence: sentence } as const;
  for (const state of ["waiting", "collecting"] as const)
    await update(tx, "delivery", { channelId, state }, failed);
}

/** Marks what went into a digest. */
export async function markDigested(
  tx: Write,
  ids: readonly string[],
  mark: Partial<NewRow<"delivery">>,
): Promise<void> {
  const { delivery } = tx.t;
  for (let from = 0; from < ids.length; from += 500)
    await tx.orm
      .update(delivery)
      .set(mark)
      .where(and(inArray(delivery.id, ids.slice(from, from + 500)), eq(delivery.state, "collecting")));
}

/** Deletes what was settled before `before`. */
export async function forgetSettled(tx: Write, before: Instant): Promise<void> {
  const { delivery } = tx.t;
  await tx.orm
    .delete(delivery)
    .where(and(lt(delivery.at, before), inArray(delivery.state, ["delivered", "digested", "failed"])));
}
