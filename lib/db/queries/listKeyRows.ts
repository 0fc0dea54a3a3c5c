import { and, eq, gt, isNull, ne, or } from "drizzle-orm";
import type { Lifecycle } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";

export interface KeyRow {
  readonly clientRowId: string;
  readonly jkt: string;
  readonly kid: string | null;
  readonly kind: string;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly removedAt: Instant | null;
  readonly returnedAt: Instant | null;
  readonly leakedAt: Instant | null;
  readonly overlap: number | null;
  readonly wantedOverlap: number | null;
}

export interface AnnouncedRow {
  readonly clientRowId: string;
  readonly jkt: string;
  readonly expectedBy: Instant;
  readonly at: Instant;
  readonly matchedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

export interface KeyClient {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly lifecycle: Lifecycle;
  readonly ownerTeamId: string | null;
  readonly owner: string | null;
}

/**
 * Keys that are published or left after `removedAfter`, announcements that wait, and whose they are. Retired clients are
 * left out.
 */
export async function listKeyRows(
  db: Read,
  removedAfter: Instant,
): Promise<{ keys: KeyRow[]; announced: AnnouncedRow[]; clients: Map<string, KeyClient> }> {
  const { client, clientKey, announcement, team } = db.t;
  const [keys, announced, clients] = await Promise.all([
    db.orm
      .select({
        clientRowId: clientKey.clientRowId,
        jkt: clientKey.jkt,
        kid: clientKey.kid,
        kind: clientKey.kind,
        firstSeenAt: clientKey.firstSeenAt,
        lastSeenAt: clientKey.lastSeenAt,
        removedAt: clientKey.removedAt,
        returnedAt: clientKey.returnedAt,
        leakedAt: clientKey.leakedAt,
        overlap: clientKey.overlap,
        wantedOverlap: clientKey.wantedOverlap,
      })
      .from(clientKey)
      .where(or(isNull(clientKey.removedAt), gt(clientKey.removedAt, removedAfter))),
    db.orm
      .select({
        clientRowId: announcement.clientRowId,
        jkt: announcement.jkt,
        expectedBy: announcement.expectedBy,
        at: announcement.at,
        matchedAt: announcement.matchedAt,
        withdrawnAt: announcement.withdrawnAt,
      })
      .from(announcement)
      .where(and(isNull(announcement.matchedAt), isNull(announcement.withdrawnAt))),
    db.orm
      .selectDistinct({
        id: client.id,
        name: client.name,
        clientId: client.clientId,
        lifecycle: client.lifecycle,
        ownerTeamId: client.ownerTeamId,
        owner: team.name,
      })
      .from(client)
      .leftJoin(team, eq(team.id, client.ownerTeamId))
      .leftJoin(clientKey, eq(clientKey.clientRowId, client.id))
      .leftJoin(announcement, eq(announcement.clientRowId, client.id))
      .where(
        and(
          ne(client.lifecycle, "retired"),
          or(eq(clientKey.clientRowId, client.id), eq(announcement.clientRowId, client.id)),
        ),
      ),
  ]);
  return { keys, announced, clients: new Map(clients.map((each) => [each.id, each])) };
}
