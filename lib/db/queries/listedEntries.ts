import { and, count, desc, eq, gte, inArray, isNull, ne, or } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { changesOfList, rowsOfList } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** What a list says of these clients. */
export async function entriesOfClients(
  db: Read,
  audienceId: string,
  clientIds: readonly string[],
): Promise<Row<"listEntry">[]> {
  const { listEntry } = db.t;
  const found: Row<"listEntry">[] = [];
  for (const list of idLists(clientIds))
    found.push(
      ...(await rowsOfList<Row<"listEntry">>(
        db,
        "entries of clients",
        [audienceId, ...list],
        ([audience, ...places]) =>
          db.orm
            .select()
            .from(listEntry)
            .where(
              and(
                eq(listEntry.audienceId, audience as string),
                inArray(listEntry.clientId, places as string[]),
              ),
            ),
      )),
    );
  return found;
}

/** How many clients a list names. */
export async function countEntries(db: Read, audienceId: string): Promise<number> {
  const { listEntry } = db.t;
  const rows = await db.orm
    .select({ entries: count() })
    .from(listEntry)
    .where(eq(listEntry.audienceId, audienceId));
  return Number(rows[0]?.entries ?? 0);
}

/** Entries of clients that no list names any more: unknown, or never approved and not blocked. */
export async function listStrayEntries(
  db: Read,
  audienceId: string,
): Promise<Pick<Row<"listEntry">, "id" | "clientId" | "path" | "entry">[]> {
  const { client, listEntry } = db.t;
  return db.orm
    .select({
      id: listEntry.id,
      clientId: listEntry.clientId,
      path: listEntry.path,
      entry: listEntry.entry,
    })
    .from(listEntry)
    .leftJoin(client, eq(client.clientId, listEntry.clientId))
    .where(
      and(
        eq(listEntry.audienceId, audienceId),
        or(isNull(client.id), and(isNull(client.approvedSnapshotId), ne(client.lifecycle, "blocked"))),
      ),
    );
}

export type DeniedEntry = Pick<Row<"listEntry">, "clientId" | "entry"> & { readonly deniedAt: Instant };

/** The newest denies of a list that are not older than `since`; at most `limit`. */
export async function listDeniedSince(
  db: Read,
  audienceId: string,
  since: Instant,
  limit: number,
): Promise<DeniedEntry[]> {
  const { listEntry } = db.t;
  return rowsOfList<DeniedEntry>(db, `denied since ${limit}`, [audienceId, since], ([audience, from]) =>
    db.orm
      .select({ clientId: listEntry.clientId, entry: listEntry.entry, deniedAt: listEntry.deniedAt })
      .from(listEntry)
      .where(and(eq(listEntry.audienceId, audience as string), gte(listEntry.deniedAt, from as number)))
      .orderBy(desc(listEntry.deniedAt))
      .limit(limit),
  );
}

/** Takes entries off a list. */
export async function removeEntries(tx: Write, ids: readonly string[]): Promise<void> {
  const { listEntry } = tx.t;
  for (const list of idLists(ids))
    await changesOfList(tx, "remove entries", list, (places) =>
      tx.orm.delete(listEntry).where(inArray(listEntry.id, places as string[])),
    );
}
