import { and, asc, inArray, isNull, lte, or } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Takes up to `limit` undelivered events whose time has come and that nobody holds, until `now + leaseMs`. */
export async function leaseOutbox(
  tx: Write,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<Row<"outbox">[]> {
  const { outbox } = tx.t;
  const query = tx.orm
    .select()
    .from(outbox)
    .where(and(lte(outbox.nextAttemptAt, now), or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now))))
    .orderBy(asc(outbox.nextAttemptAt))
    .limit(limit);
  const rows = await (tx.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await tx.orm
      .update(outbox)
      .set({ leasedUntil: now + leaseMs })
      .where(inArray(outbox.id, ids));
  return rows;
}
