import { and, asc, desc, eq, gte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** What every list says about one client_id. */
export async function listEntriesOf(
  db: Read,
  clientId: string,
): Promise<{ entry: Row<"listEntry">; audience: Row<"audience"> }[]> {
  const { listEntry, audience } = db.t;
  return db.orm
    .select({ entry: listEntry, audience })
    .from(listEntry)
    .innerJoin(audience, eq(audience.id, listEntry.audienceId))
    .where(eq(listEntry.clientId, clientId))
    .orderBy(asc(audience.name));
}

/** The first release of a list signed at or after a moment: the one that carried what changed then. */
export async function firstHeadSince(
  db: Read,
  audienceId: string,
  since: Instant,
): Promise<{ epoch: number; seq: number; rev: number; issuedAt: Instant } | undefined> {
  const { head } = db.t;
  const [row] = await db.orm
    .select({ epoch: head.epoch, seq: head.seq, rev: head.rev, issuedAt: head.issuedAt })
    .from(head)
    .where(and(eq(head.audienceId, audienceId), gte(head.issuedAt, since)))
    .orderBy(asc(head.epoch), asc(head.seq))
    .limit(1);
  return row;
}

/** The servers of an audience with what each instance last said it runs, newest first. */
export async function listServerReports(
  db: Read,
  audienceId: string,
): Promise<{ consumer: Row<"consumer">; report: Row<"report"> | null }[]> {
  const { consumer, report } = db.t;
  return db.orm
    .select({ consumer, report })
    .from(consumer)
    .leftJoin(report, eq(report.consumerId, consumer.id))
    .where(eq(consumer.audienceId, audienceId))
    .orderBy(asc(consumer.name), desc(report.receivedAt));
}
