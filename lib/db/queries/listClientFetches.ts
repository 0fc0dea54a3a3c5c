import { desc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The fetch log of a client, newest first. */
export async function listClientFetches(
  db: Read,
  clientRowId: string,
  limit: number,
): Promise<Row<"fetchLog">[]> {
  const { fetchLog } = db.t;
  return db.orm
    .select()
    .from(fetchLog)
    .where(eq(fetchLog.clientRowId, clientRowId))
    .orderBy(desc(fetchLog.at), desc(fetchLog.id))
    .limit(limit);
}
