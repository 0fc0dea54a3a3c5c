import { max } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Epoch and seq of every audience's newest head: the cheap question that is asked four times a second. */
export async function listLatestSeqs(db: Read): Promise<Map<string, { epoch: number; seq: number }>> {
  const { head } = db.t;
  const rows = await db.orm
    .select({ audienceId: head.audienceId, epoch: max(head.epoch), seq: max(head.seq) })
    .from(head)
    .groupBy(head.audienceId);
  return new Map(rows.map((row) => [row.audienceId, { epoch: Number(row.epoch), seq: Number(row.seq) }]));
}
