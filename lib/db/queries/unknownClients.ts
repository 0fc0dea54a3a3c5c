import { and, desc, eq, gte, inArray, isNull, or, sql } from "drizzle-orm";
import type { Lifecycle, Sync } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { SightingShape } from "#lib/core/sighting/SightingShape.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** A client_id that servers met and nobody has decided about. */
export interface UnknownRow extends Row<"seenClient"> {
  /** Its row in the inventory, once its document was looked for. */
  readonly rowId: string | null;
  readonly name: string | null;
  readonly sync: Sync | null;
  readonly outcome: string | null;
}

/** The client_ids that servers met and nobody has asked for or decided about, the last met first; children of namespaces left out. */
export async function listUnknownClients(db: Read, limit: number): Promise<UnknownRow[]> {
  const { client, seenClient } = db.t;
  const rows = await db.orm
    .select({
      seen: seenClient,
      rowId: client.id,
      name: client.name,
      sync: client.sync,
      outcome: client.lastOutcome,
    })
    .from(seenClient)
    .leftJoin(client, eq(client.clientId, seenClient.clientId))
    .where(isUnknown(db))
    .orderBy(desc(seenClient.lastAt), seenClient.clientId)
    .limit(limit);
  return rows.map(({ seen, ...rest }) => ({ ...seen, ...rest }));
}

/** How many there are that nobody put aside. */
export async function countUnknownClients(db: Read): Promise<number> {
  const { client, seenClient } = db.t;
  const [row] = await db.orm
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(seenClient)
    .leftJoin(client, eq(client.clientId, seenClient.clientId))
    .where(
      and(
        isUnknown(db),
        or(
          isNull(seenClient.ignoreUntil),
          sql`${seenClient.ignoreUntil} <= ${seenClient.allowed} + ${seenClient.refused}`,
        ),
      ),
    );
  return row?.n ?? 0;
}

function isUnknown(db: Read) {
  const { client, seenClient } = db.t;
  const free: Lifecycle = "discovered";
  return and(
    isNull(seenClient.namespaceId),
    or(isNull(client.id), and(eq(client.lifecycle, free), isNull(client.ownerTeamId))),
  );
}

/** What one server said of one client on one day. */
export interface SeenDay {
  readonly clientId: string;
  readonly consumerId: string;
  readonly server: string;
  readonly slug: string;
  readonly day: Instant;
  readonly allowed: number;
  readonly refused: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly shape: SightingShape;
}

/** What servers said of these clients since a day, at most 5,000 lines, the newest first. */
export async function listSeenDays(
  db: Read,
  clientIds: readonly string[],
  since: Instant,
): Promise<SeenDay[]> {
  if (clientIds.length === 0) return [];
  const { audience, consumer, sighting } = db.t;
  return db.orm
    .select({
      clientId: sighting.clientId,
      consumerId: sighting.consumerId,
      server: consumer.name,
      slug: audience.slug,
      day: sighting.day,
      allowed: sighting.allowed,
      refused: sighting.refused,
      outcomes: sighting.outcomes,
      shape: sighting.shape,
    })
    .from(sighting)
    .innerJoin(consumer, eq(consumer.id, sighting.consumerId))
    .innerJoin(audience, eq(audience.id, sighting.audienceId))
    .where(and(inArray(sighting.clientId, [...clientIds]), gte(sighting.day, since)))
    .orderBy(desc(sighting.day))
    .limit(5_000);
}

/** Names and homes of the approved clients, for telling who looks like them. */
export async function listApprovedNamed(
  db: Read,
): Promise<Pick<Row<"client">, "id" | "clientId" | "name" | "host" | "domain">[]> {
  const { client } = db.t;
  return db.orm
    .select({
      id: client.id,
      clientId: client.clientId,
      name: client.name,
      host: client.host,
      domain: client.domain,
    })
    .from(client)
    .where(eq(client.lifecycle, "approved"))
    .limit(2_000);
}

/** Servers that reported what they are asked since a moment, with how many lines of it were left out. */
export async function listSightingServers(
  db: Read,
  since: Instant,
): Promise<{ consumerId: string; leftOut: number }[]> {
  const { sightingBatch } = db.t;
  return db.orm
    .select({
      consumerId: sightingBatch.consumerId,
      leftOut: sql<number>`sum(${sightingBatch.leftOut})`.mapWith(Number),
    })
    .from(sightingBatch)
    .where(gte(sightingBatch.at, since))
    .groupBy(sightingBatch.consumerId);
}
