import { desc } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The checkpoint of the largest tree that was signed. */
export async function newestLogCheckpoint(db: Read): Promise<Row<"logCheckpoint"> | undefined> {
  const { logCheckpoint } = db.t;
  const [row] = await db.orm.select().from(logCheckpoint).orderBy(desc(logCheckpoint.size)).limit(1);
  return row;
}
