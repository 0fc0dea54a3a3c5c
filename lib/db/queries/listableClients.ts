import { and, asc, eq, gt, inArray, isNotNull, or } from "drizzle-orm";
import { findByIds, idLists } from "../byIds.ts";
import type { Read } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** What a list needs of a client's approved or live snapshot: not its text. */
export type CurrentSnapshot = Pick<Row<"snapshot">, "id" | "rawDigest" | "metadata" | "keys" | "results">;

/** A key whose private half was published by a client, and the domain it was published from. */
export interface LeakedKey {
  readonly jkt: string;
  readonly clientRowId: string;
  readonly domain: string;
}

/** Clients that a list may name, with what is needed to say how: in the order of their ids, after `after`. */
export async function pageOfListableClients(
  db: Read,
  after: string,
  limit: number,
): Promise<Row<"client">[]> {
  const { client } = db.t;
  return rowsOfList<Row<"client">>(db, `listable clients ${limit}`, [after], ([from]) =>
    db.orm
      .select()
      .from(client)
      .where(
        and(
          gt(client.id, from as string),
          or(isNotNull(client.approvedSnapshotId), eq(client.lifecycle, "blocked")),
        ),
      )
      .orderBy(asc(client.id))
      .limit(limit),
  );
}

/** The clients with these row ids. */
export async function clientsByIds(db: Read, ids: readonly string[]): Promise<Row<"client">[]> {
  return findByIds(db, "client", ids);
}

/** Row ids of the clients with these client_ids. */
export async function rowIdsOfClients(db: Read, clientIds: readonly string[]): Promise<string[]> {
  const { client } = db.t;
  const found: string[] = [];
  for (const list of idLists(clientIds)) {
    const rows = await rowsOfList<{ id: string }>(db, "row ids of clients", list, (places) =>
      db.orm
        .select({ id: client.id })
        .from(client)
        .where(inArray(client.clientId, places as string[])),
    );
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** Access that these clients were approved for. */
export async function grantsOfClients(db: Read, ids: readonly string[]): Promise<Row<"grant">[]> {
  const { grant } = db.t;
  const found: Row<"grant">[] = [];
  for (const list of idLists(ids))
    found.push(
      ...(await rowsOfList<Row<"grant">>(db, "grants of clients", list, (places) =>
        db.orm
          .select()
          .from(grant)
          .where(inArray(grant.clientRowId, places as string[])),
      )),
    );
  return found;
}

/** Snapshots by id, without their texts. */
export async function snapshotsByIds(db: Read, ids: readonly string[]): Promise<CurrentSnapshot[]> {
  const { snapshot } = db.t;
  const found: CurrentSnapshot[] = [];
  for (const list of idLists(ids))
    found.push(
      ...(await rowsOfList<CurrentSnapshot>(db, "current snapshots", list, (places) =>
        db.orm
          .select({
            id: snapshot.id,
            rawDigest: snapshot.rawDigest,
            metadata: snapshot.metadata,
            keys: snapshot.keys,
            results: snapshot.results,
          })
          .from(snapshot)
          .where(inArray(snapshot.id, places as string[])),
      )),
    );
  return found;
}

/** Which of these keys had their private half published, and where. */
export async function leakedAmong(db: Read, jkts: readonly string[]): Promise<LeakedKey[]> {
  const { client, clientKey } = db.t;
  if (jkts.length === 0) return [];
  const found = new Map<string, LeakedKey>();
  for (const list of idLists(jkts)) {
    const rows = await rowsOfList<Row<"clientKey">>(db, "leaked among", list, (places) =>
      db.orm
        .select()
        .from(clientKey)
        .where(and(inArray(clientKey.jkt, places as string[]), isNotNull(clientKey.leakedAt))),
    );
    for (const { id, jkt, clientRowId } of rows) found.set(id, { jkt, clientRowId, domain: "" });
  }
  if (found.size === 0) return [];
  const holders = [...new Set([...found.values()].map(({ clientRowId }) => clientRowId))];
  const domains = new Map<string, string>();
  for (const list of idLists(holders))
    for (const { id, domain } of await db.orm
      .select({ id: client.id, domain: client.domain })
      .from(client)
      .where(inArray(client.id, list)))
      domains.set(id, domain);
  return [...found.values()].map((key) => ({ ...key, domain: domains.get(key.clientRowId) ?? "" }));
}
