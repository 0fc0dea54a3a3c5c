import { and, desc, eq, gt } from "drizzle-orm";
import { beginsNewLog } from "#lib/core/log/beginsNewLog.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/**
 * The newest line of the journal after `seq`, however many there are, that begins a new log: a list resumed after a restored
 * backup.
 */
export async function newestResumedLine(db: Read, seq: number): Promise<Row<"journal"> | undefined> {
  const { journal } = db.t;
  const rows = await db.orm
    .select()
    .from(journal)
    .where(and(gt(journal.seq, seq), eq(journal.action, "list.resumed")))
    .orderBy(desc(journal.seq));
  return rows.find(beginsNewLog);
}
