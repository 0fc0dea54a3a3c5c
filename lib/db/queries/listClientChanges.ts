import { desc, eq } from "drizzle-orm";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

export interface ClientChange {
  readonly beforeId: string;
  readonly afterId: string;
  /** Of the most serious of the changes. */
  readonly severity: DriftSeverity;
  readonly at: Instant;
}

/** When a client's live snapshot became another one, newest first, without what the rules said. */
export async function listClientChanges(db: Read, clientRowId: string, limit = 500): Promise<ClientChange[]> {
  const { change } = db.t;
  return db.orm
    .select({
      beforeId: change.beforeId,
      afterId: change.afterId,
      severity: change.severity,
      at: change.at,
    })
    .from(change)
    .where(eq(change.clientRowId, clientRowId))
    .orderBy(desc(change.at))
    .limit(limit);
}
