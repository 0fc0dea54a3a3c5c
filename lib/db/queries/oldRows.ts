import { and, eq, inArray, isNull, lt, notInArray, or, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import { newestLogCheckpoint } from "./newestLogCheckpoint.ts";

/** Tables that old rows are removed from, with the column that names a row. */
const keys = {
  logCheckpoint: "size",
  invite: "tokenHash",
  activation: "id",
  fetchLog: "id",
} as const;

export type Prunable = keyof typeof keys;
type Key = string | number;

/** Signed checkpoints before `before`, never the newest. */
export async function oldCheckpoints(db: Read, before: Instant, limit: number): Promise<Key[]> {
  const { logCheckpoint } = db.t;
  const newest = await newestLogCheckpoint(db);
  if (!newest) return [];
  return keysOf(
    db,
    "logCheckpoint",
    and(lt(logCheckpoint.size, newest.size), lt(logCheckpoint.at, before)),
    limit,
  );
}

/** Invite links, used or not, that ended before `before`. */
export async function oldInvites(db: Read, before: Instant, limit: number): Promise<Key[]> {
  return keysOf(db, "invite", lt(db.t.invite.expiresAt, before), limit);
}

/** First reports of releases of a list that came before `before`, but for those from a revision on. */
export async function oldActivations(
  db: Read,
  audienceId: string,
  from: { readonly epoch: number; readonly rev: number },
  before: Instant,
  limit: number,
): Promise<Key[]> {
  const { activation } = db.t;
  const isEarlier = or(
    lt(activation.epoch, from.epoch),
    and(eq(activation.epoch, from.epoch), lt(activation.rev, from.rev)),
  );
  return keysOf(
    db,
    "activation",
    and(eq(activation.audienceId, audienceId), isEarlier, lt(activation.receivedAt, before)),
    limit,
  );
}

/** Fetches before `before` that read nothing. What was read says which documents were ever seen here. */
export async function oldFailures(db: Read, before: Instant, limit: number): Promise<Key[]> {
  const { fetchLog } = db.t;
  const readNothing = and(isNull(fetchLog.digest), notInArray(fetchLog.outcome, ["ok", "not_modified"]));
  return keysOf(db, "fetchLog", and(lt(fetchLog.at, before), readNothing), limit);
}

export async function removeRows(tx: Write, name: Prunable, rows: readonly Key[]): Promise<void> {
  const table = tx.t[name] as PgTable;
  for (let from = 0; from < rows.length; from += 500)
    await tx.orm.delete(table).where(inArray(keyOf(tx, name), rows.slice(from, from + 500)));
}

async function keysOf(db: Read, name: Prunable, where: SQL | undefined, limit: number): Promise<Key[]> {
  const key = keyOf(db, name);
  const rows = await db.orm.select({ key }).from(db.t[name]).where(where).limit(limit);
  return rows.map((row) => row.key as Key);
}

function keyOf(db: Read, name: Prunable): PgColumn {
  return (db.t[name] as unknown as Record<string, PgColumn>)[keys[name]]!;
}
