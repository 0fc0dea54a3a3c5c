import { and, eq, gt, ne } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/**
 * Servers of a list that say, in an epoch, that they run a head after `seq`; with the key of ours that signed it, when they
 * proved that. A revoked key proves nothing: whoever has it signs what they like.
 */
export async function reportsAhead(
  db: Read,
  audienceId: string,
  epoch: number,
  seq: number,
): Promise<{ consumer: Row<"consumer">; report: Row<"report">; provenBy: string | null }[]> {
  const { consumer, report, signingKey } = db.t;
  return db.orm
    .select({ consumer, report, provenBy: signingKey.kid })
    .from(consumer)
    .innerJoin(report, eq(report.consumerId, consumer.id))
    .leftJoin(signingKey, and(eq(signingKey.kid, report.provenBy), ne(signingKey.state, "revoked")))
    .where(and(eq(consumer.audienceId, audienceId), eq(report.epoch, epoch), gt(report.seq, seq)));
}

/** Servers of a list that pulled a head after `seq`. */
export async function pullsAhead(db: Read, audienceId: string, seq: number): Promise<Row<"consumer">[]> {
  const { consumer } = db.t;
  return db.orm
    .select()
    .from(consumer)
    .where(and(eq(consumer.audienceId, audienceId), gt(consumer.lastPullSeq, seq)));
}
