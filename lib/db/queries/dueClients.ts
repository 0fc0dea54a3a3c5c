import { and, asc, isNull, lte, or, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { rowsOf } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** What has to be known of a client to visit it: narrow, because a slice reads hundreds. */
export interface DueVisit extends Pick<
  Row<"client">,
  | "id"
  | "clientId"
  | "host"
  | "profile"
  | "riskTier"
  | "liveSnapshotId"
  | "etag"
  | "lastModified"
  | "keySetUrl"
  | "keySetEtag"
  | "keySetLastModified"
  | "lastUnconditionalAt"
  | "lookAgainAt"
> {
  /** Nothing about it waits for a second look: an answer that shows nothing new changes nothing. */
  readonly isSteady: boolean;
  /** What the last good connection showed, as it is stored. */
  readonly tlsText: string | null;
}

/** Up to `limit` clients whose visit is due and that nobody visits now, the longest waiting first; whoever locks the rows skips those that another does. */
export async function dueClients(db: Read, now: Instant, limit: number): Promise<DueVisit[]> {
  const { client } = db.t;
  return rowsOf<DueVisit>(db, `due clients ${limit}`, { now }, (values) => {
    const at = sql.param(values["now"], client.nextFetchAt);
    const query = db.orm
      .select({
        id: client.id,
        clientId: client.clientId,
        host: client.host,
        profile: client.profile,
        riskTier: client.riskTier,
        liveSnapshotId: client.liveSnapshotId,
        etag: client.etag,
        lastModified: client.lastModified,
        keySetUrl: client.keySetUrl,
        keySetEtag: client.keySetEtag,
        keySetLastModified: client.keySetLastModified,
        lastUnconditionalAt: client.lastUnconditionalAt,
        lookAgainAt: client.lookAgainAt,
        isSteady: sql<boolean>`(${client.failures} = 0 and ${client.sync} in ('in_sync', 'held')
          and ${client.unconfirmedDigest} is null and ${client.lookAgainAt} is null
          and not coalesce(${client.unsettled}, false))`.mapWith(Boolean),
        tlsText: sql<string | null>`${client.tls}`,
      })
      .from(client)
      .where(and(lte(client.nextFetchAt, at), or(isNull(client.leasedUntil), lte(client.leasedUntil, at))))
      .orderBy(asc(client.nextFetchAt))
      // In the text of the statement: SQLite plans a statement with a bound limit anew each time it runs.
      .limit(sql.raw(String(limit)) as unknown as number);
    return db.dialect === "postgres" ? query.for("update", { skipLocked: true }) : query;
  });
}
