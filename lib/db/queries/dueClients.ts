import { and, asc, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { alternationsToFreeze } from "#lib/core/sync/recallDigests.ts";
import type { RecentDigest } from "#lib/core/sync/RecentDigest.ts";
import type { Read } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";
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
  | "bodyDigest"
  | "keySetBodyDigest"
  | "lastUnconditionalAt"
  | "lookAgainAt"
  | "certificate"
> {
  /** When its visit was due: an outcome counts only while that has not changed. */
  readonly dueAt: Instant;
  /**
   * Nothing about it waits for a second look, and it does not go to and fro, when each look counts until a day has
   * passed: an answer that shows nothing new changes nothing.
   */
  readonly isSteady: boolean;
}

/**
 * How long `recent_digests` is at most, as it is stored, while it holds too few to go to and fro: reading a number of
 * them would mean reading all.
 */
const oneDigest: RecentDigest = { digest: "0".repeat(64), at: 1_000_000_000_000 };
const fewDigests = JSON.stringify(Array.from({ length: alternationsToFreeze + 1 }, () => oneDigest)).length;

/** Up to `limit` clients whose visit is due, since `from` or later, and that no claim covers, the longest waiting first. */
export async function dueClients(
  db: Read,
  now: Instant,
  limit: number,
  claims: readonly Pick<Row<"claim">, "dueFrom" | "dueTo">[] = [],
  from: Instant = 0,
): Promise<DueVisit[]> {
  const { client } = db.t;
  const values = [from, now, ...claims.flatMap(({ dueFrom, dueTo }) => [dueFrom, dueTo])];
  const build = ([since, at, ...ranges]: readonly unknown[]) => {
    const claimed = claims.map(
      (_, index) => sql`not ${client.nextFetchAt} between ${ranges[2 * index]} and ${ranges[2 * index + 1]}`,
    );
    return (
      db.orm
        .select({
          id: client.id,
          clientId: client.clientId,
          host: client.host,
          profile: client.profile,
          riskTier: client.riskTier,
          dueAt: sql<Instant>`${client.nextFetchAt}`.mapWith(client.nextFetchAt),
          liveSnapshotId: client.liveSnapshotId,
          etag: client.etag,
          lastModified: client.lastModified,
          keySetUrl: client.keySetUrl,
          keySetEtag: client.keySetEtag,
          keySetLastModified: client.keySetLastModified,
          bodyDigest: client.bodyDigest,
          keySetBodyDigest: client.keySetBodyDigest,
          lastUnconditionalAt: client.lastUnconditionalAt,
          lookAgainAt: client.lookAgainAt,
          certificate: client.certificate,
          isSteady: sql<boolean>`(${client.failures} = 0 and ${client.sync} in ('in_sync', 'held')
          and ${client.unconfirmedDigest} is null and ${client.lookAgainAt} is null
          and not coalesce(${client.unsettled}, false)
          and coalesce(length(${client.recentDigests}), 0) <= ${sql.raw(String(fewDigests))})`.mapWith(
            Boolean,
          ),
        })
        .from(client)
        .where(and(sql`${client.nextFetchAt} between ${since} and ${at}`, ...claimed))
        .orderBy(asc(client.nextFetchAt))
        // In the text of the statement: SQLite plans a statement with a bound limit anew each time it runs.
        .limit(sql.raw(String(limit)) as unknown as number)
    );
  };
  // PostgreSQL plans this for a quarter of the time that it takes, always to walk the index.
  return rowsOfList<DueVisit>(db, `due clients ${limit}`, values, build, { isKept: true });
}
