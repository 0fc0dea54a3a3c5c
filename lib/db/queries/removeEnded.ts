import { lt, lte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";

export async function removeEndedSessions(tx: Write, now: Instant): Promise<void> {
  const { session } = tx.t;
  await tx.orm.delete(session).where(lte(session.expiresAt, now));
}

/** Events that left the outbox before `before`. */
export async function removeDelivered(tx: Write, before: Instant): Promise<void> {
  const { outbox } = tx.t;
  await tx.orm.delete(outbox).where(lt(outbox.deliveredAt, before));
}

/** Counts of failed sign-ins whose last one was before `before`. */
export async function removeOldThrottles(tx: Write, before: Instant): Promise<void> {
  const { signInThrottle } = tx.t;
  await tx.orm.delete(signInThrottle).where(lt(signInThrottle.lastAt, before));
}
