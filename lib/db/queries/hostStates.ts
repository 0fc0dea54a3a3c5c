import { and, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { closedBreaker } from "#lib/core/schedule/breaker.ts";
import type { HostState } from "#lib/core/schedule/HostState.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";
import { upsert, type Row } from "../rows.ts";

/** What is stored of these hosts and domains; those of which nothing is are not in it. */
export async function readHostStates(db: Read, names: Iterable<string>): Promise<Map<string, HostState>> {
  const { hostState } = db.t;
  const states = new Map<string, HostState>();
  for (const list of idLists([...names])) {
    const rows = await rowsOfList<Row<"hostState">>(db, "host states", list, (places) =>
      db.orm
        .select()
        .from(hostState)
        .where(inArray(hostState.name, places as string[])),
    );
    for (const { name, fullAt, queuedUntil, breaker } of rows)
      states.set(name, {
        fullAt: fullAt ?? 0,
        queuedUntil: queuedUntil ?? 0,
        breaker: breaker ?? closedBreaker,
      });
  }
  return states;
}

export async function saveHostStates(
  tx: Write,
  states: ReadonlyMap<string, HostState>,
  now: Instant,
): Promise<void> {
  for (const [name, { fullAt, queuedUntil, breaker }] of states)
    await upsert(tx, "hostState", "name", {
      name,
      fullAt,
      queuedUntil,
      breaker: breaker.state === "closed" && breaker.failed.length === 0 ? null : breaker,
      updatedAt: now,
    });
}

/** Deletes what says nothing any more: a full bucket, nobody waiting, no trouble. */
export async function forgetHostStates(tx: Write, now: Instant): Promise<void> {
  const { hostState } = tx.t;
  const over = (column: typeof hostState.fullAt) => or(isNull(column), lte(column, now));
  await tx.orm
    .delete(hostState)
    .where(and(isNull(sql`${hostState.breaker}`), over(hostState.fullAt), over(hostState.queuedUntil)));
}
