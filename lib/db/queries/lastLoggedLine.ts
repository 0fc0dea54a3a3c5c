import { desc } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Number of the last line of the journal that the log holds; 0 before the first. */
export async function lastLoggedLine(db: Read): Promise<number> {
  const { logLeaf } = db.t;
  // Back from the end in growing steps: asked for the kind, the database would read and sort every line ever logged.
  for (let limit = 16; ; limit *= 16) {
    const rows = await db.orm
      .select({ kind: logLeaf.kind, ref: logLeaf.ref })
      .from(logLeaf)
      .orderBy(desc(logLeaf.index))
      .limit(limit);
    const last = rows.find(({ kind }) => kind === "audit");
    if (last || rows.length < limit) return Number(last?.ref ?? 0);
  }
}
