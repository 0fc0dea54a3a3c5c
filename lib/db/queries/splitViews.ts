import { and, asc, desc, eq, gte, lte, min } from "drizzle-orm";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

/** Doubts that it is time to look at, the longest waiting first. */
export async function dueSplitViews(db: Read, now: Instant, limit: number): Promise<{ id: string }[]> {
  const { splitView } = db.t;
  return db.orm
    .select({ id: splitView.id })
    .from(splitView)
    .where(lte(splitView.nextLookAt, now))
    .orderBy(asc(splitView.nextLookAt))
    .limit(limit);
}

/** When a client's document was first read here; null: never. */
export async function firstReadAt(db: Read, clientRowId: string): Promise<Instant | null> {
  const { snapshot } = db.t;
  const [row] = await db.orm
    .select({ at: min(snapshot.firstSeenAt) })
    .from(snapshot)
    .where(eq(snapshot.clientRowId, clientRowId));
  return row?.at == null ? null : Number(row.at);
}

/** How the newest logged fetch of a client's key set since a moment ended; undefined when none was worth logging. */
export async function lastKeySetFetch(
  db: Read,
  clientRowId: string,
  since: Instant,
): Promise<FetchOutcome | undefined> {
  const { fetchLog } = db.t;
  const [row] = await db.orm
    .select({ outcome: fetchLog.outcome })
    .from(fetchLog)
    .where(and(eq(fetchLog.clientRowId, clientRowId), eq(fetchLog.kind, "jwks"), gte(fetchLog.at, since)))
    .orderBy(desc(fetchLog.at))
    .limit(1);
  return row?.outcome;
}
