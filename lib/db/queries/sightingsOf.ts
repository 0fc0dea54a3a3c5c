import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { SightingShape } from "#lib/core/sighting/SightingShape.ts";
import type { Read } from "../Database.ts";

/** One client asked about in one way by the servers of an audience, over several days. */
export interface SightedShape {
  readonly clientId: string;
  readonly shape: SightingShape;
  /** How often, and how often the server let it pass. */
  readonly count: number;
  readonly allowed: number;
  readonly refused: number;
  readonly lastAt: Instant;
}

/**
 * What the servers of an audience were asked on the day of `since` and after, by client and way, most often first within a
 * client; of all clients, or of these, at most 500.
 */
export async function sightingsOf(
  db: Read,
  audienceId: string,
  since: Instant,
  clientIds?: readonly string[],
): Promise<SightedShape[]> {
  const { sighting } = db.t;
  const rows = await db.orm
    .select({
      clientId: sighting.clientId,
      shape: sql<string>`min(cast(${sighting.shape} as text))`,
      allowed: sql<number>`sum(${sighting.allowed})`.mapWith(Number),
      refused: sql<number>`sum(${sighting.refused})`.mapWith(Number),
      lastAt: sql<number>`max(${sighting.lastAt})`.mapWith(Number),
    })
    .from(sighting)
    .where(
      and(
        eq(sighting.audienceId, audienceId),
        gte(sighting.day, since - (since % day)),
        clientIds && inArray(sighting.clientId, clientIds.slice(0, 500)),
      ),
    )
    .groupBy(sighting.clientId, sighting.shapeDigest)
    .orderBy(asc(sighting.clientId));
  return rows
    .map((row) => ({
      ...row,
      shape: JSON.parse(row.shape) as SightingShape,
      count: row.allowed + row.refused,
    }))
    .sort((a, b) => (a.clientId === b.clientId ? b.count - a.count : a.clientId < b.clientId ? -1 : 1));
}
