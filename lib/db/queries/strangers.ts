import { and, eq, gt, inArray, isNotNull, isNull, lt, notExists, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import type { TableName } from "../rows.ts";

/** What people did about a client, or what of it concerns others. */
const ties = ["request", "grant", "announcement", "attestation", "finding", "splitView"] as const;

/** What was only observed of it. */
const observed = ["snapshot", "fetchLog", "change", "outage", "clientKey", "listChange"] as const;

/**
 * Clients that came into the inventory before `before` because a server met them, that no server has met since what they met
 * is kept, and about which nobody ever did anything; none that is visited now. A key of theirs that leaked is remembered.
 */
export async function listForgottenStrangers(
  db: Read,
  before: Instant,
  now: Instant,
  limit: number,
): Promise<string[]> {
  const { client, clientKey, listEntry, seenClient } = db.t;
  const rows = await db.orm
    .select({ id: client.id })
    .from(client)
    .where(
      and(
        eq(client.lifecycle, "discovered"),
        isNull(client.registeredBy),
        isNull(client.ownerTeamId),
        isNull(client.lastEditedBy),
        lt(client.createdAt, before),
        or(isNull(client.nextFetchAt), gt(client.nextFetchAt, now)),
        hasNo(db, "seenClient", eq(seenClient.clientId, client.clientId)),
        hasNo(db, "listEntry", eq(listEntry.clientId, client.clientId)),
        hasNo(db, "clientKey", and(eq(clientKey.clientRowId, client.id), isNotNull(clientKey.leakedAt))),
        ...ties.map((name) => hasNo(db, name, eq(clientOf(db, name), client.id))),
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Removes clients with what was observed of them. */
export async function removeStrangers(tx: Write, ids: readonly string[]): Promise<void> {
  for (const name of observed) await tx.orm.delete(tx.t[name]).where(inArray(clientOf(tx, name), [...ids]));
  await tx.orm.delete(tx.t.client).where(inArray(tx.t.client.id, [...ids]));
}

function hasNo(db: Read, name: TableName, where: SQL | undefined): SQL {
  return notExists(
    db.orm
      .select({ found: sql`1` })
      .from(db.t[name])
      .where(where),
  );
}

function clientOf(db: Read, name: TableName): PgColumn {
  return (db.t[name] as unknown as Record<string, PgColumn>)["clientRowId"]!;
}
