import { asc, count, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { lifecycles, riskTiers, syncs } from "#lib/core/client.ts";
import type { ClientFilter } from "#lib/core/clientFilter/ClientFilter.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";
import { clientConditions } from "./clientConditions.ts";
import { ranked } from "./sqlWords.ts";

export const clientSorts = ["name", "client_id", "trust", "document", "owner", "risk", "fetched"] as const;
export type ClientSort = (typeof clientSorts)[number];

export interface ClientOrder {
  readonly by: ClientSort;
  readonly descending: boolean;
}

export interface ListedClient {
  readonly client: Row<"client">;
  readonly owner: string | null;
}

/** Clients that match, in order, from `offset` on, at most `limit`. */
export async function listClientRows(
  db: Read,
  filter: ClientFilter,
  order: ClientOrder,
  page: { offset: number; limit: number },
  now: Instant,
): Promise<ListedClient[]> {
  const { client, team } = db.t;
  return db.orm
    .select({ client, owner: team.name })
    .from(client)
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .where(clientConditions(db, filter, now))
    .orderBy(...orderBy(db, order))
    .limit(page.limit)
    .offset(page.offset);
}

export async function countClients(db: Read, filter: ClientFilter, now: Instant): Promise<number> {
  const { client, team } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(client)
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .where(clientConditions(db, filter, now));
  return Number(row?.n ?? 0);
}

/** Id and last read document of every client that matches, in order: for what only the document can tell. */
export async function listClientDocuments(
  db: Read,
  filter: ClientFilter,
  order: ClientOrder,
  now: Instant,
): Promise<{ id: string; clientId: string; metadata: EffectiveMetadata | null }[]> {
  const { client, team, snapshot } = db.t;
  return db.orm
    .select({ id: client.id, clientId: client.clientId, metadata: snapshot.metadata })
    .from(client)
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .leftJoin(snapshot, eq(snapshot.id, client.liveSnapshotId))
    .where(clientConditions(db, filter, now))
    .orderBy(...orderBy(db, order));
}

/** These clients, in the order of their ids. */
export async function listClientsByIds(db: Read, ids: readonly string[]): Promise<ListedClient[]> {
  if (ids.length === 0) return [];
  const { client, team } = db.t;
  const byId = new Map<string, ListedClient>();
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db.orm
      .select({ client, owner: team.name })
      .from(client)
      .leftJoin(team, eq(team.id, client.ownerTeamId))
      .where(inArray(client.id, ids.slice(at, at + 500)));
    for (const row of rows) byId.set(row.client.id, row);
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function orderBy(db: Read, { by, descending }: ClientOrder): SQL[] {
  const { client, team } = db.t;
  const keys: Record<ClientSort, SQL[]> = {
    name: [sql`lower(${client.name})`],
    client_id: [sql`${client.host}`, sql`${client.clientId}`],
    trust: [ranked(client.lifecycle, lifecycles)],
    document: [ranked(client.sync, syncs)],
    owner: [sql`case when ${team.name} is null then 1 else 0 end`, sql`lower(${team.name})`],
    risk: [ranked(client.riskTier, riskTiers)],
    fetched: [sql`coalesce(${client.lastFetchedAt}, 0)`],
  };
  const direction = descending ? desc : asc;
  return [...keys[by].map((key) => direction(key)), asc(client.id)];
}
