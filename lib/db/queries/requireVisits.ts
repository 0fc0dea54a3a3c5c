import { eq, isNotNull, sql } from "drizzle-orm";
import type { ClientFilter } from "#lib/core/clientFilter/ClientFilter.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import { updateEachClient } from "../updateEachClient.ts";
import { clientConditions } from "./clientConditions.ts";

/** Ids and names of all clients that match. A filter's `redirect` is not asked: it is inside the document. */
export async function clientsMatching(
  db: Read,
  filter: ClientFilter,
  now: Instant,
): Promise<{ id: string; clientId: string }[]> {
  const { client, team } = db.t;
  return db.orm
    .select({ id: client.id, clientId: client.clientId })
    .from(client)
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .where(clientConditions(db, filter, now));
}

/** Client_ids of the clients whose last fetch failed, the longest failing first. */
export async function failingClientIds(db: Read): Promise<string[]> {
  const { client } = db.t;
  const rows = await db.orm
    .select({ clientId: client.clientId })
    .from(client)
    .where(isNotNull(client.failingSince))
    .orderBy(client.failingSince, client.clientId);
  return rows.map(({ clientId }) => clientId);
}

/**
 * Makes these clients due now, to be read whole. Each at a moment of its own: those that are due at the same moment
 * cannot be claimed apart.
 */
export async function requireVisits(tx: Write, ids: readonly string[], now: Instant): Promise<void> {
  await updateEachClient(
    tx,
    "require visits",
    { at: "bigint" },
    ids.map((id, place) => ({ id, at: now - (ids.length - 1 - place) })),
    ({ at }) => ({ nextFetchAt: at, lastUnconditionalAt: sql`null` }),
  );
}
