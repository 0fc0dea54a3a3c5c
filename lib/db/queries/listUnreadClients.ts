import { and, asc, desc, eq, inArray, isNotNull, max, ne, or, sql } from "drizzle-orm";
import type { Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

export interface UnreadClient {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly host: string;
  readonly lifecycle: Lifecycle;
  readonly riskTier: RiskTier;
  readonly sync: Sync;
  readonly outcome: FetchOutcome | null;
  readonly failures: number;
  readonly failingSince: Instant | null;
  readonly lastFetchedAt: Instant | null;
  readonly nextFetchAt: Instant | null;
  readonly liveSnapshotId: string | null;
  readonly ownerTeamId: string | null;
  readonly owner: string | null;
}

/** Clients in one of these states, retired ones and those nobody asked for left out, the longest out of reach first; at most `limit`. */
export async function listUnreadClients(
  db: Read,
  syncs: readonly Sync[],
  limit: number,
): Promise<UnreadClient[]> {
  const { client, team } = db.t;
  return db.orm
    .select({
      id: client.id,
      name: client.name,
      clientId: client.clientId,
      host: client.host,
      lifecycle: client.lifecycle,
      riskTier: client.riskTier,
      sync: client.sync,
      outcome: client.lastOutcome,
      failures: client.failures,
      failingSince: client.failingSince,
      lastFetchedAt: client.lastFetchedAt,
      nextFetchAt: client.nextFetchAt,
      liveSnapshotId: client.liveSnapshotId,
      ownerTeamId: client.ownerTeamId,
      owner: team.name,
    })
    .from(client)
    .leftJoin(team, eq(team.id, client.ownerTeamId))
    .where(
      and(
        inArray(client.sync, [...syncs]),
        ne(client.lifecycle, "retired"),
        or(ne(client.lifecycle, "discovered"), isNotNull(client.ownerTeamId)),
      ),
    )
    .orderBy(sql`coalesce(${client.failingSince}, 0)`, asc(client.clientId))
    .limit(limit);
}

/** When each of these documents was last read, by client; those never read since it is logged are not in it. */
export async function lastGoodFetches(
  db: Read,
  clientRowIds: readonly string[],
): Promise<Map<string, Instant>> {
  const { fetchLog } = db.t;
  const found = new Map<string, Instant>();
  for (let from = 0; from < clientRowIds.length; from += 500) {
    const rows = await db.orm
      .select({ id: fetchLog.clientRowId, at: max(fetchLog.at) })
      .from(fetchLog)
      .where(
        and(
          inArray(fetchLog.clientRowId, clientRowIds.slice(from, from + 500)),
          eq(fetchLog.kind, "document"),
          inArray(fetchLog.outcome, ["ok", "not_modified"]),
        ),
      )
      .groupBy(fetchLog.clientRowId);
    for (const { id, at } of rows) if (id !== null && at !== null) found.set(id, Number(at));
  }
  return found;
}

/** Copies that wait for a second person or that people vouch for, newest first. */
export async function listStandingCopies(db: Read): Promise<Row<"attestation">[]> {
  const { attestation } = db.t;
  return db.orm
    .select()
    .from(attestation)
    .where(inArray(attestation.state, ["waiting", "attested"]))
    .orderBy(desc(attestation.uploadedAt));
}
