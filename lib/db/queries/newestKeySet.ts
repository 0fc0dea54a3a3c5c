import { desc } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The newest root-signed key set that this installation accepted; undefined before the first. */
export async function newestKeySet(db: Read): Promise<Row<"keySet"> | undefined> {
  const { keySet } = db.t;
  const [row] = await db.orm.select().from(keySet).orderBy(desc(keySet.version)).limit(1);
  return row;
}
