import { asc, gt } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The next lines of the journal after `seq`, in order, at most `limit`. */
export async function listJournalAfter(db: Read, seq: number, limit: number): Promise<Row<"journal">[]> {
  const { journal } = db.t;
  return db.orm.select().from(journal).where(gt(journal.seq, seq)).orderBy(asc(journal.seq)).limit(limit);
}
