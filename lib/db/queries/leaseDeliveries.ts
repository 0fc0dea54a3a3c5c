import { and, asc, eq, inArray, isNull, lte, or } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Takes up to `limit` deliveries that are due and that nobody sends now, until `now + leaseMs`. */
export async function leaseDeliveries(
  tx: Write,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<Row<"delivery">[]> {
  const { delivery } = tx.t;
  const query = tx.orm
    .select()
    .from(delivery)
    .where(
      and(
        lte(delivery.nextAttemptAt, now),
        eq(delivery.state, "waiting"),
        or(isNull(delivery.leasedUntil), lte(delivery.leasedUntil, now)),
      ),
    )
    .orderBy(asc(delivery.nextAttemptAt), asc(delivery.at), asc(delivery.eventId))
    .limit(limit);
  const rows = await (tx.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await tx.orm
      .update(delivery)
      .set({ leasedUntil: now + leaseMs })
      .where(inArray(delivery.id, ids));
  return rows;
}
