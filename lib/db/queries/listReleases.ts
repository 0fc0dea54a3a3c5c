import { and, asc, count, desc, eq, inArray, max, min } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** One revision of a list: the head that brought it, and how often it was signed again since. */
export interface ReleaseRow {
  readonly first: Row<"head">;
  readonly heads: number;
  readonly lastSeq: number;
  readonly lastIssuedAt: Instant;
  readonly lastExpiresAt: Instant;
}

/** The newest revisions of an audience's list, newest first. Heads that only repeat a revision are counted, not listed. */
export async function listReleases(db: Read, audienceId: string, limit: number): Promise<ReleaseRow[]> {
  const { head } = db.t;
  const groups = await db.orm
    .select({
      first: min(head.seq),
      heads: count(),
      lastSeq: max(head.seq),
      lastIssuedAt: max(head.issuedAt),
      lastExpiresAt: max(head.expiresAt),
      epoch: head.epoch,
    })
    .from(head)
    .where(eq(head.audienceId, audienceId))
    .groupBy(head.epoch, head.rev)
    .orderBy(desc(head.epoch), desc(head.rev))
    .limit(limit);
  if (groups.length === 0) return [];
  const seqs = groups.map((group) => Number(group.first));
  const rows = await db.orm
    .select()
    .from(head)
    .where(and(eq(head.audienceId, audienceId), inArray(head.seq, seqs)));
  return groups.flatMap((group) => {
    const first = rows.find((row) => row.epoch === group.epoch && row.seq === Number(group.first));
    return first
      ? [
          {
            first,
            heads: Number(group.heads),
            lastSeq: Number(group.lastSeq),
            lastIssuedAt: Number(group.lastIssuedAt),
            lastExpiresAt: Number(group.lastExpiresAt),
          },
        ]
      : [];
  });
}

/** The head that brought a revision. */
export async function firstHeadOfRev(
  db: Read,
  audienceId: string,
  epoch: number,
  rev: number,
): Promise<Row<"head"> | undefined> {
  const { head } = db.t;
  const [row] = await db.orm
    .select()
    .from(head)
    .where(and(eq(head.audienceId, audienceId), eq(head.epoch, epoch), eq(head.rev, rev)))
    .orderBy(asc(head.seq))
    .limit(1);
  return row;
}

/** Heads of an audience by their digest: what a server says it runs, looked up in what was really signed. */
export async function findHeadsByDigest(
  db: Read,
  audienceId: string,
  digests: readonly string[],
): Promise<Map<string, Row<"head">>> {
  if (digests.length === 0) return new Map();
  const { head } = db.t;
  const rows = await db.orm
    .select()
    .from(head)
    .where(and(eq(head.audienceId, audienceId), inArray(head.digest, [...digests])));
  return new Map(rows.map((row) => [row.digest, row]));
}

/** How many releases (revisions) each audience has. */
export async function countReleases(db: Read): Promise<Map<string, number>> {
  const { head } = db.t;
  const rows = await db.orm
    .select({ audienceId: head.audienceId, epoch: head.epoch, revs: max(head.rev) })
    .from(head)
    .groupBy(head.audienceId, head.epoch);
  const counts = new Map<string, number>();
  for (const row of rows)
    counts.set(row.audienceId, Math.max(counts.get(row.audienceId) ?? 0, Number(row.revs)));
  return counts;
}
