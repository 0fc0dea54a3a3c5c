import { and, asc, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { idValues } from "../byIds.ts";
import type { Write } from "../Database.ts";
import { changesOf, rowsOf } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** Takes up to `limit` clients whose next fetch is due and that nobody fetches now, until `now + leaseMs`. */
export async function leaseClients(
  tx: Write,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<Row<"client">[]> {
  const { client } = tx.t;
  const rows = await rowsOf<Row<"client">>(tx, `due clients ${limit}`, { now }, (values) => {
    const at = sql.param(values["now"], client.nextFetchAt);
    const query = tx.orm
      .select()
      .from(client)
      .where(and(lte(client.nextFetchAt, at), or(isNull(client.leasedUntil), lte(client.leasedUntil, at))))
      .orderBy(asc(client.nextFetchAt))
      .limit(limit);
    return tx.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query;
  });
  for (const ids of idValues(rows.map((row) => row.id)))
    await changesOf(tx, "lease clients", { ...ids, until: now + leaseMs }, ({ until, ...places }) =>
      tx.orm
        .update(client)
        .set({ leasedUntil: sql`${sql.param(until, client.leasedUntil)}` })
        .where(inArray(client.id, Object.values(places) as string[])),
    );
  return rows;
}
