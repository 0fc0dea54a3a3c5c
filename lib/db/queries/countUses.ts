import { count, countDistinct, inArray } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** How many clients each team owns, by the team's id. */
export async function countClientsByTeam(db: Read): Promise<Map<string, number>> {
  const { client } = db.t;
  const rows = await db.orm
    .select({ team: client.ownerTeamId, n: count() })
    .from(client)
    .groupBy(client.ownerTeamId);
  return new Map(rows.flatMap((row) => (row.team === null ? [] : [[row.team, Number(row.n)]])));
}

/** How many clients hold a grant at each of these resources, by its URI. */
export async function countClientsByResource(
  db: Read,
  uris: readonly string[],
): Promise<Map<string, number>> {
  if (uris.length === 0) return new Map();
  const { grant } = db.t;
  const rows = await db.orm
    .select({ uri: grant.resource, n: countDistinct(grant.clientRowId) })
    .from(grant)
    .where(inArray(grant.resource, [...uris]))
    .groupBy(grant.resource);
  return new Map(rows.map((row) => [row.uri, Number(row.n)]));
}

/** The row id of each of these client_ids that is in the inventory. */
export async function findClientRowIds(db: Read, clientIds: readonly string[]): Promise<Map<string, string>> {
  if (clientIds.length === 0) return new Map();
  const { client } = db.t;
  const rows = await db.orm
    .select({ id: client.id, clientId: client.clientId })
    .from(client)
    .where(inArray(client.clientId, [...clientIds]));
  return new Map(rows.map((row) => [row.clientId, row.id]));
}
