import { and, eq, gte, inArray, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import type { NewRow, Row } from "../rows.ts";

/** Rows of one statement: below what either database takes as parameters. */
const chunk = 500;
/** Counts are 32-bit in PostgreSQL: one that is so high stays there. */
const enough = 1_000_000_000;

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += chunk) yield all.slice(from, from + chunk);
}

/** What a server said of these clients on these days. */
export async function sightingsOfDays(
  db: Read,
  consumerId: string,
  clientIds: readonly string[],
  days: readonly Instant[],
): Promise<Pick<Row<"sighting">, "clientId" | "day" | "shapeDigest" | "outcomes">[]> {
  const { sighting } = db.t;
  const found = [];
  for (const ids of chunks(clientIds))
    found.push(
      ...(await db.orm
        .select({
          clientId: sighting.clientId,
          day: sighting.day,
          shapeDigest: sighting.shapeDigest,
          outcomes: sighting.outcomes,
        })
        .from(sighting)
        .where(
          and(
            eq(sighting.consumerId, consumerId),
            inArray(sighting.clientId, ids),
            inArray(sighting.day, [...days]),
          ),
        )),
    );
  return found;
}

/** Adds to what is counted, or begins to count. `outcomes` replace what stood there. */
export async function addSightings(tx: Write, rows: readonly NewRow<"sighting">[]): Promise<void> {
  const { sighting } = tx.t;
  for (const values of chunks(rows))
    await tx.orm
      .insert(sighting)
      .values(values)
      .onConflictDoUpdate({
        target: [sighting.consumerId, sighting.clientId, sighting.day, sighting.shapeDigest],
        set: {
          allowed: sql`case when ${sighting.allowed} >= ${sql.raw(String(enough))} then ${sighting.allowed} else ${sighting.allowed} + excluded.allowed end`,
          refused: sql`case when ${sighting.refused} >= ${sql.raw(String(enough))} then ${sighting.refused} else ${sighting.refused} + excluded.refused end`,
          outcomes: sql`excluded.outcomes`,
          firstAt: sql`case when excluded.first_at < ${sighting.firstAt} then excluded.first_at else ${sighting.firstAt} end`,
          lastAt: sql`case when excluded.last_at > ${sighting.lastAt} then excluded.last_at else ${sighting.lastAt} end`,
        },
      });
}

/** Which of these client_ids were met before. */
export async function seenBefore(db: Read, clientIds: readonly string[]): Promise<Set<string>> {
  const { seenClient } = db.t;
  const found = new Set<string>();
  for (const ids of chunks(clientIds))
    for (const { clientId } of await db.orm
      .select({ clientId: seenClient.clientId })
      .from(seenClient)
      .where(inArray(seenClient.clientId, ids)))
      found.add(clientId);
  return found;
}

/** Adds to what was ever seen of a client, and says anew whose child it is. The rest of a row that is there stays. */
export async function addSeenClients(tx: Write, rows: readonly NewRow<"seenClient">[]): Promise<void> {
  const { seenClient } = tx.t;
  for (const values of chunks(rows))
    await tx.orm
      .insert(seenClient)
      .values(values)
      .onConflictDoUpdate({
        target: seenClient.clientId,
        set: {
          allowed: sql`case when ${seenClient.allowed} >= ${sql.raw(String(enough))} then ${seenClient.allowed} else ${seenClient.allowed} + excluded.allowed end`,
          refused: sql`case when ${seenClient.refused} >= ${sql.raw(String(enough))} then ${seenClient.refused} else ${seenClient.refused} + excluded.refused end`,
          firstAt: sql`case when excluded.first_at < ${seenClient.firstAt} then excluded.first_at else ${seenClient.firstAt} end`,
          lastAt: sql`case when excluded.last_at > ${seenClient.lastAt} then excluded.last_at else ${seenClient.lastAt} end`,
          namespaceId: sql`excluded.namespace_id`,
        },
      });
}

/** How many client_ids a server brought that nobody knew, since a moment. */
export async function newcomersSince(db: Read, consumerId: string, since: Instant): Promise<number> {
  const { sightingBatch } = db.t;
  const [row] = await db.orm
    .select({ newClients: sql<number>`coalesce(sum(${sightingBatch.newClients}), 0)`.mapWith(Number) })
    .from(sightingBatch)
    .where(and(eq(sightingBatch.consumerId, consumerId), gte(sightingBatch.at, since)));
  return row?.newClients ?? 0;
}
