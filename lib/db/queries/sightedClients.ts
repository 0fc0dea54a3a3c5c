import { inArray } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

type Sighted = Pick<Row<"client">, "id" | "clientId" | "lifecycle" | "liveSnapshotId">;

/** The clients of the inventory among these client_ids, by client_id. */
export async function sightedClients(db: Read, clientIds: readonly string[]): Promise<Map<string, Sighted>> {
  const { client } = db.t;
  const found = new Map<string, Sighted>();
  for (let from = 0; from < clientIds.length; from += 500)
    for (const row of await db.orm
      .select({
        id: client.id,
        clientId: client.clientId,
        lifecycle: client.lifecycle,
        liveSnapshotId: client.liveSnapshotId,
      })
      .from(client)
      .where(inArray(client.clientId, clientIds.slice(from, from + 500))))
      found.set(row.clientId, row);
  return found;
}
