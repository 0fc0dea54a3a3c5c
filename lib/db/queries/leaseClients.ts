import { and, asc, inArray, isNull, lte, or } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";

/** Takes up to `limit` clients whose next fetch is due and that nobody fetches now, until `now + leaseMs`. */
export async function leaseClients(
  tx: Write,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<string[]> {
  const { client } = tx.t;
  const query = tx.orm
    .select({ id: client.id })
    .from(client)
    .where(and(lte(client.nextFetchAt, now), or(isNull(client.leasedUntil), lte(client.leasedUntil, now))))
    .orderBy(asc(client.nextFetchAt))
    .limit(limit);
  const rows = await (tx.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await tx.orm
      .update(client)
      .set({ leasedUntil: now + leaseMs })
      .where(inArray(client.id, ids));
  return ids;
}
