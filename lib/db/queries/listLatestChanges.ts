import { desc, eq } from "drizzle-orm";
import type { Change } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

export interface LatestChange {
  readonly id: string;
  readonly at: Instant;
  readonly changes: readonly Change[];
  readonly clientRowId: string;
  readonly clientName: string;
}

/** The newest recorded differences of all clients, at most `limit`. */
export async function listLatestChanges(db: Read, limit: number): Promise<LatestChange[]> {
  const { change, client } = db.t;
  return db.orm
    .select({
      id: change.id,
      at: change.at,
      changes: change.changes,
      clientRowId: client.id,
      clientName: client.name,
    })
    .from(change)
    .innerJoin(client, eq(client.id, change.clientRowId))
    .orderBy(desc(change.at), desc(change.id))
    .limit(limit);
}
