import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  max,
  min,
  or,
  sql,
} from "drizzle-orm";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";
import { ranked } from "./sqlWords.ts";

/** Clients whose document changed since then, the most serious and then the latest change first. */
export async function clientsThatChanged(
  db: Read,
  since: Instant,
  limit: number,
): Promise<{ id: string; worst: number }[]> {
  const { change } = db.t;
  const worst = min(ranked(change.severity, driftSeverities));
  const rows = await db.orm
    .select({ id: change.clientRowId, worst: sql<number>`${worst}` })
    .from(change)
    .where(gte(change.at, since))
    .groupBy(change.clientRowId)
    .orderBy(asc(worst), desc(max(change.at)), asc(change.clientRowId))
    .limit(limit);
  return rows.map((row) => ({ id: row.id, worst: Number(row.worst) }));
}

/** Clients whose document could not be read at some time since then, those that still cannot first. */
export async function clientsUnreadSince(db: Read, since: Instant, limit: number): Promise<string[]> {
  const { outage } = db.t;
  const rows = await db.orm
    .select({ id: outage.clientRowId })
    .from(outage)
    .where(or(isNull(outage.endedAt), gte(outage.endedAt, since)))
    .groupBy(outage.clientRowId)
    .orderBy(
      asc(min(sql`case when ${outage.endedAt} is null then 0 else 1 end`)),
      asc(min(outage.startedAt)),
      asc(outage.clientRowId),
    )
    .limit(limit);
  return rows.map((row) => row.id);
}

/** How many clients changed, and how many could not be read at some time, since then. */
export async function countDrift(
  db: Read,
  since: Instant,
): Promise<{ changes: number; changed: number; unread: number }> {
  const { change, outage } = db.t;
  const [[changes], [unread]] = await Promise.all([
    db.orm
      .select({ changes: count(), clients: countDistinct(change.clientRowId) })
      .from(change)
      .where(gte(change.at, since)),
    db.orm
      .select({ clients: countDistinct(outage.clientRowId) })
      .from(outage)
      .where(or(isNull(outage.endedAt), gte(outage.endedAt, since))),
  ]);
  return {
    changes: Number(changes?.changes ?? 0),
    changed: Number(changes?.clients ?? 0),
    unread: Number(unread?.clients ?? 0),
  };
}

export interface SeenChange {
  readonly change: Row<"change">;
  /** Numbers of the snapshots before and after. */
  readonly before: number | null;
  readonly after: number | null;
}

/** The changes of these clients since then, oldest first, at most `limit` (the newest). */
export async function changesSince(
  db: Read,
  clientRowIds: readonly string[],
  since: Instant,
  limit: number,
): Promise<SeenChange[]> {
  if (clientRowIds.length === 0) return [];
  const { change, snapshot } = db.t;
  const rows = await db.orm
    .select()
    .from(change)
    .where(and(inArray(change.clientRowId, [...clientRowIds]), gte(change.at, since)))
    .orderBy(desc(change.at), desc(change.id))
    .limit(limit);
  const ids = [...new Set(rows.flatMap((row) => [row.beforeId, row.afterId]))];
  const numbers = new Map<string, number>();
  for (let from = 0; from < ids.length; from += 200) {
    const found = await db.orm
      .select({ id: snapshot.id, number: snapshot.number })
      .from(snapshot)
      .where(inArray(snapshot.id, ids.slice(from, from + 200)));
    for (const each of found) numbers.set(each.id, each.number);
  }
  return rows.reverse().map((row) => ({
    change: row,
    before: numbers.get(row.beforeId) ?? null,
    after: numbers.get(row.afterId) ?? null,
  }));
}

/** The times since then in which these clients could not be read, oldest first. */
export async function outagesSince(
  db: Read,
  clientRowIds: readonly string[],
  since: Instant,
): Promise<Row<"outage">[]> {
  if (clientRowIds.length === 0) return [];
  const { outage } = db.t;
  return db.orm
    .select()
    .from(outage)
    .where(
      and(
        inArray(outage.clientRowId, [...clientRowIds]),
        or(isNull(outage.endedAt), gte(outage.endedAt, since)),
      ),
    )
    .orderBy(asc(outage.startedAt));
}

export interface StripClient {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly createdAt: Instant;
}

/** These clients, by id. */
export async function stripClients(db: Read, ids: readonly string[]): Promise<Map<string, StripClient>> {
  if (ids.length === 0) return new Map();
  const { client } = db.t;
  const rows = await db.orm
    .select({ id: client.id, clientId: client.clientId, name: client.name, createdAt: client.createdAt })
    .from(client)
    .where(inArray(client.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Some approved clients, always the same. */
export async function someApprovedClients(db: Read, limit: number): Promise<string[]> {
  const { client } = db.t;
  const rows = await db.orm
    .select({ id: client.id })
    .from(client)
    .where(eq(client.lifecycle, "approved"))
    .orderBy(asc(client.id))
    .limit(limit);
  return rows.map((row) => row.id);
}
