import { dueCursor } from "#lib/flows/watch/dueCursor.ts";
import { dueClients } from "#lib/db/queries/dueClients.ts";
import { saveUnmodified } from "#lib/db/queries/saveUnchanged.ts";
import { median } from "./median.ts";
import { count, firstDue, hour, type Million } from "./millionClients.ts";

const slice = 500;
const rounds = 150;
/** So that a slice is due each round: a million in an hour are 278 a second. */
const pace = (slice * hour) / count;

/**
 * Milliseconds until the worker knows the next 500 clients that are due, as it asks: in its transaction, with every column
 * a visit needs, going on where it was and every few seconds from the beginning. Each round finds other ones, and what
 * was found is written back as visited, unmeasured.
 */
export async function nextDueTimes({ db }: Million): Promise<{ p50: number; p95: number }> {
  const times: number[] = [];
  const cursor = dueCursor();
  let now = Math.ceil(firstDue + 1.1 * pace);
  for (let round = 0; round < rounds; round += 1) {
    await db.transaction(async (tx) => {
      const before = performance.now();
      const due = await dueClients(tx, now, slice, [], cursor.next(now));
      times.push(performance.now() - before);
      if (due.length < slice) throw new Error(`Only ${due.length} clients were due.`);
      cursor.found(due.at(-1)?.dueAt);
      const later = (row: { dueAt: number }) => row.dueAt + hour;
      const rows = due.map((row) => ({ id: row.id, dueAt: row.dueAt, nextFetchAt: later(row) }));
      await saveUnmodified(tx, now, rows);
    });
    now += Math.ceil(pace);
  }
  const steady = times.slice(20).toSorted((one, other) => one - other);
  return { p50: median(steady), p95: steady[Math.floor(steady.length * 0.95)] ?? Number.NaN };
}
