import { desc, inArray } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The journal lines about any of these subjects, newest first. */
export async function listJournalOf(
  db: Read,
  subjectIds: readonly string[],
  limit: number,
): Promise<Row<"journal">[]> {
  if (subjectIds.length === 0) return [];
  const { journal } = db.t;
  return db.orm
    .select()
    .from(journal)
    .where(inArray(journal.subjectId, [...subjectIds]))
    .orderBy(desc(journal.seq))
    .limit(limit);
}
