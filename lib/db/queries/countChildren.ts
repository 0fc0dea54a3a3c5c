import { and, count, eq, gt } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Children of a namespace that were admitted at least once. */
export async function countChildren(db: Read, namespaceId: string): Promise<number> {
  const { seenClient } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(seenClient)
    .where(and(eq(seenClient.namespaceId, namespaceId), gt(seenClient.allowed, 0)));
  return Number(row?.n ?? 0);
}
