import { count, desc, eq, gt, isNotNull, and } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** How many children each namespace has that were admitted at least once, by its id. */
export async function childrenByNamespace(db: Read): Promise<ReadonlyMap<string, number>> {
  const { seenClient } = db.t;
  const rows = await db.orm
    .select({ id: seenClient.namespaceId, n: count() })
    .from(seenClient)
    .where(and(isNotNull(seenClient.namespaceId), gt(seenClient.allowed, 0)))
    .groupBy(seenClient.namespaceId);
  return new Map(rows.map(({ id, n }) => [id ?? "", Number(n)]));
}

/** The client_ids of a namespace that servers met, the last seen first. */
export async function listChildren(
  db: Read,
  namespaceId: string,
  limit: number,
): Promise<Row<"seenClient">[]> {
  const { seenClient } = db.t;
  return db.orm
    .select()
    .from(seenClient)
    .where(eq(seenClient.namespaceId, namespaceId))
    .orderBy(desc(seenClient.lastAt), seenClient.clientId)
    .limit(limit);
}
