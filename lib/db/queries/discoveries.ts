import { and, asc, count, eq, gte, inArray, isNull, lt, lte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Client_ids that servers met and of which it is not settled whether they come into the inventory, the longest first. */
export async function dueDiscoveries(db: Read, now: Instant, limit: number): Promise<Row<"seenClient">[]> {
  const { seenClient } = db.t;
  return db.orm
    .select()
    .from(seenClient)
    .where(lte(seenClient.discoverAt, now))
    .orderBy(asc(seenClient.discoverAt), asc(seenClient.clientId))
    .limit(limit);
}

/** How many clients nobody asked for came into the inventory since a moment, by host. */
export async function discoveredSince(db: Read, since: Instant): Promise<Map<string, number>> {
  const { client } = db.t;
  const rows = await db.orm
    .select({ host: client.host, n: count() })
    .from(client)
    .where(
      and(
        eq(client.lifecycle, "discovered"),
        isNull(client.registeredBy),
        isNull(client.ownerTeamId),
        gte(client.createdAt, since),
      ),
    )
    .groupBy(client.host);
  return new Map(rows.map(({ host, n }) => [host, Number(n)]));
}

/** When it is next asked whether these come into the inventory; null: that is settled. */
export async function putOffDiscoveries(
  tx: Write,
  clientIds: readonly string[],
  discoverAt: Instant | null,
): Promise<void> {
  if (clientIds.length === 0) return;
  const { seenClient } = tx.t;
  await tx.orm
    .update(seenClient)
    .set({ discoverAt })
    .where(inArray(seenClient.clientId, [...clientIds]));
}

/** Forgets what was seen before a day, and the names of bodies taken in before a moment. */
export async function forgetSeen(tx: Write, before: Instant, batchesBefore: Instant): Promise<void> {
  const { seenClient, sighting, sightingBatch, sightingDay } = tx.t;
  await tx.orm.delete(sighting).where(lt(sighting.day, before));
  await tx.orm.delete(sightingDay).where(lt(sightingDay.day, before));
  await tx.orm.delete(seenClient).where(lt(seenClient.lastAt, before));
  await tx.orm.delete(sightingBatch).where(lt(sightingBatch.at, batchesBefore));
}
