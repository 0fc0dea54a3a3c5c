import { asc, eq, gt, or, sql } from "drizzle-orm";
import type { CheckResult } from "#lib/core/check/Check.ts";
import type { Lifecycle } from "#lib/core/client.ts";
import type { Read } from "../Database.ts";

export interface LiveResults {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly lifecycle: Lifecycle;
  readonly results: readonly CheckResult[];
}

/** What the checks say about every client's live document, by name. `graveOnly` leaves out those with notes only. */
export async function listLiveResults(db: Read, graveOnly: boolean): Promise<LiveResults[]> {
  const { client, snapshot } = db.t;
  return db.orm
    .select({
      id: client.id,
      name: client.name,
      clientId: client.clientId,
      lifecycle: client.lifecycle,
      results: snapshot.results,
    })
    .from(client)
    .innerJoin(snapshot, eq(snapshot.id, client.liveSnapshotId))
    .where(graveOnly ? or(gt(snapshot.errors, 0), gt(snapshot.warnings, 0)) : undefined)
    .orderBy(asc(sql`lower(${client.name})`), asc(client.id));
}
