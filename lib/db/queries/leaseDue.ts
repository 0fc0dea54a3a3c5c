import { and, asc, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** Takes up to `limit` due releases whose time has come and that nobody holds, until `now + leaseMs`. */
export async function leaseDue(
  tx: Write,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<Row<"due">[]> {
  const { due } = tx.t;
  const rows = await rowsOfList<Row<"due">>(tx, `lease due ${limit}`, [now, now + leaseMs], ([at, until]) => {
    const query = tx.orm
      .select({ key: due.key })
      .from(due)
      .where(
        and(
          ne(due.kind, "next_key"),
          lte(due.at, at as number),
          or(isNull(due.leasedUntil), lte(due.leasedUntil, at as number)),
        ),
      )
      .orderBy(asc(due.at))
      .limit(sql.raw(String(limit)) as unknown as number);
    const free = tx.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query;
    return tx.orm
      .update(due)
      .set({ leasedUntil: until as number })
      .where(inArray(due.key, free))
      .returning();
  });
  return rows.sort((one, other) => one.at - other.at);
}
