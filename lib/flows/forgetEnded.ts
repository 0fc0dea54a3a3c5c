import { day } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { removeDelivered, removeEndedSessions, removeOldThrottles } from "#lib/db/queries/removeEnded.ts";
import { triesKept } from "#lib/flows/people/signIn.ts";

const outboxKept = 30 * day;

/** Removes sessions that ended, failed sign-ins that count no more, and events that left the outbox thirty days ago. The journal keeps what happened. */
export async function forgetEnded(ctx: Context): Promise<void> {
  const now = ctx.clock();
  await ctx.db.transaction(async (tx) => {
    await removeEndedSessions(tx, now);
    await removeOldThrottles(tx, now - triesKept);
    await removeDelivered(tx, now - outboxKept);
  });
}
