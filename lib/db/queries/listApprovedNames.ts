import { and, eq, ne } from "drizzle-orm";
import type { Read } from "../Database.ts";

const most = 2_000;

/** Names of other approved clients, each once, at most two thousand. */
export async function listApprovedNames(db: Read, exceptRowId: string): Promise<string[]> {
  const { client } = db.t;
  const rows = await db.orm
    .selectDistinct({ name: client.name })
    .from(client)
    .where(and(eq(client.lifecycle, "approved"), ne(client.id, exceptRowId)))
    .limit(most);
  return rows.map(({ name }) => name);
}
