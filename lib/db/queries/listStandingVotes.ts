import { and, inArray, isNull } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The votes on these requests that were not voided. */
export async function listStandingVotes(db: Read, requestIds: readonly string[]): Promise<Row<"vote">[]> {
  if (requestIds.length === 0) return [];
  const { vote } = db.t;
  return db.orm
    .select()
    .from(vote)
    .where(and(inArray(vote.requestId, [...requestIds]), isNull(vote.voidedAt)));
}
