import { and, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { closedBreaker, type Breaker } from "#lib/core/schedule/breaker.ts";
import type { HostState } from "#lib/core/schedule/HostState.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { changesOfList, rowsOfList } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** Rows of one statement: few sizes, so that each is prepared once. */
const sizes = [64, 16, 4, 1];

/** What is stored of these hosts and domains; those of which nothing is are not in it. */
export async function readHostStates(db: Read, names: Iterable<string>): Promise<Map<string, HostState>> {
  const { hostState } = db.t;
  const states = new Map<string, HostState>();
  for (const list of idLists([...names])) {
    const rows = await rowsOfList<Row<"hostState">>(db, "host states of", list, (places) =>
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
  const { hostState } = tx.t;
  const { fullAt, queuedUntil, breaker, updatedAt } = hostState;
  const set = Object.fromEntries(
    Object.entries({ fullAt, queuedUntil, breaker, updatedAt }).map(([member, { name }]) => [
      member,
      sql`excluded.${sql.identifier(name)}`,
    ]),
  );
  const rows = [...states].map(([name, state]) => [
    name,
    state.fullAt,
    state.queuedUntil,
    isRested(state.breaker) ? null : JSON.stringify(state.breaker),
  ]);
  for (let from = 0; from < rows.length;) {
    const size = sizes.find((each) => each <= rows.length - from) ?? 1;
    const values = [now, ...rows.slice(from, from + size).flat()];
    await changesOfList(tx, "host states", values, ([at, ...places]) => {
      const place = (index: number) => sql`${places[index]}`;
      const list = Array.from({ length: size }, (_, row) => ({
        name: place(4 * row),
        fullAt: place(4 * row + 1),
        queuedUntil: place(4 * row + 2),
        breaker: place(4 * row + 3),
        updatedAt: sql`${at}`,
      }));
      return tx.orm.insert(hostState).values(list).onConflictDoUpdate({ target: hostState.name, set });
    });
    from += size;
  }
}

function isRested(breaker: Breaker): boolean {
  return breaker.state === "closed" && breaker.failed.length === 0;
}

/** Deletes what says nothing any more: a full bucket, nobody waiting, no trouble. */
export async function forgetHostStates(tx: Write, now: Instant): Promise<void> {
  const { hostState } = tx.t;
  const over = (column: typeof hostState.fullAt) => or(isNull(column), lte(column, now));
  await tx.orm
    .delete(hostState)
    .where(and(isNull(sql`${hostState.breaker}`), over(hostState.fullAt), over(hostState.queuedUntil)));
}
