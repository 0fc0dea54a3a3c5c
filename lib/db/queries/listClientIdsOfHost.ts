import { asc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** More clients of one host than a platform has; the oldest count. */
const most = 10_000;

/** Every client_id of a host in the inventory, however it is spelled. */
export async function listClientIdsOfHost(db: Read, host: string): Promise<string[]> {
  const { client } = db.t;
  const rows = await db.orm
    .select({ clientId: client.clientId })
    .from(client)
    .where(eq(client.host, host))
    .orderBy(asc(client.createdAt))
    .limit(most);
  return rows.map((row) => row.clientId);
}
