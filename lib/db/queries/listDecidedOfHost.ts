import { and, eq, inArray, isNotNull, or } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Client_ids of a host about which people decided one by one, whatever they decided. */
export async function listDecidedOfHost(db: Read, host: string): Promise<string[]> {
  const { client } = db.t;
  const rows = await db.orm
    .select({ clientId: client.clientId })
    .from(client)
    .where(
      and(
        eq(client.host, host),
        or(
          isNotNull(client.approvedSnapshotId),
          inArray(client.lifecycle, ["approved", "denied", "suspended", "blocked", "retired"]),
        ),
      ),
    );
  return rows.map((row) => row.clientId);
}
