import { and, eq, gte, inArray, max, sum } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { SightingShape } from "#lib/core/sighting/SightingShape.ts";
import type { Read } from "../Database.ts";

/** How often the servers of an audience asked one thing about one client. */
export interface SightingTotal {
  readonly clientId: string;
  readonly shape: SightingShape;
  readonly allowed: number;
  readonly refused: number;
  readonly lastAt: Instant;
}

/** What the servers of an audience asked since a moment, days and servers added up; of all clients, or of these (at most 500). */
export async function sightingsOf(
  db: Read,
  audienceId: string,
  since: Instant,
  clientIds?: readonly string[],
): Promise<SightingTotal[]> {
  const { sighting } = db.t;
  const rows = await db.orm
    .select({
      clientId: sighting.clientId,
      shape: max(sighting.shape),
      allowed: sum(sighting.allowed),
      refused: sum(sighting.refused),
      lastAt: max(sighting.lastAt),
    })
    .from(sighting)
    .where(
      and(
        eq(sighting.audienceId, audienceId),
        gte(sighting.day, since),
        clientIds && inArray(sighting.clientId, clientIds.slice(0, 500)),
      ),
    )
    .groupBy(sighting.clientId, sighting.shapeDigest);
  return rows.map((row) => ({
    clientId: row.clientId,
    shape: row.shape as SightingShape,
    allowed: Number(row.allowed),
    refused: Number(row.refused),
    lastAt: Number(row.lastAt),
  }));
}
