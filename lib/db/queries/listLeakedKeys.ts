import { isNotNull } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Thumbprints of keys whose private half was seen in public, at whichever client: none of them counts anywhere. */
export async function listLeakedKeys(db: Read): Promise<ReadonlySet<string>> {
  const { clientKey } = db.t;
  const rows = await db.orm
    .select({ jkt: clientKey.jkt })
    .from(clientKey)
    .where(isNotNull(clientKey.leakedAt));
  return new Set(rows.map(({ jkt }) => jkt));
}
