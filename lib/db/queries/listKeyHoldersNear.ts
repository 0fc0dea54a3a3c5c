import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Read } from "../Database.ts";
import { find } from "../rows.ts";

/** Approved clients of one client's domain that publish one of these keys, or of which no key was ever followed. */
export async function listKeyHoldersNear(
  db: Read,
  clientRowId: string,
  jkts: readonly string[],
): Promise<string[]> {
  const { client, clientKey } = db.t;
  const near = await find(db, "client", { id: clientRowId });
  if (!near) return [];
  const rows = await db.orm
    .selectDistinct({ id: client.id })
    .from(client)
    .leftJoin(clientKey, eq(clientKey.clientRowId, client.id))
    .where(
      and(
        eq(client.domain, near.domain),
        sql`${client.approvedSnapshotId} is not null`,
        or(inArray(clientKey.jkt, [...jkts]), isNull(clientKey.id)),
      ),
    );
  return rows.map(({ id }) => id);
}
