import { desc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Number of the last line of the journal that the log holds; 0 before the first. */
export async function lastLoggedLine(db: Read): Promise<number> {
  const { logLeaf } = db.t;
  const [row] = await db.orm
    .select({ ref: logLeaf.ref })
    .from(logLeaf)
    .where(eq(logLeaf.kind, "audit"))
    .orderBy(desc(logLeaf.index))
    .limit(1);
  return Number(row?.ref ?? 0);
}
