import { and, asc, inArray, isNull, lte, ne, or } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Takes up to `limit` due releases whose time has come and that nobody holds, until `now + leaseMs`. */
export async function leaseDue(
  tx: Write,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<Row<"due">[]> {
  const { due } = tx.t;
  const query = tx.orm
    .select()
    .from(due)
    .where(
      and(ne(due.kind, "next_key"), lte(due.at, now), or(isNull(due.leasedUntil), lte(due.leasedUntil, now))),
    )
    .orderBy(asc(due.at))
    .limit(limit);
  const rows = await (tx.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query);
  const keys = rows.map((row) => row.key);
  if (keys.length > 0)
    await tx.orm
      .update(due)
      .set({ leasedUntil: now + leaseMs })
      .where(inArray(due.key, keys));
  return rows;
}
