import { and, asc, gte, lt } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The leaves from `from` to before `to`, in order. */
export async function listLogLeaves(db: Read, from: number, to: number): Promise<Row<"logLeaf">[]> {
  const { logLeaf } = db.t;
  return db.orm
    .select()
    .from(logLeaf)
    .where(and(gte(logLeaf.index, from), lt(logLeaf.index, to)))
    .orderBy(asc(logLeaf.index));
}
