import { inArray } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Digests of these heads by their ids; a head that is not there is missing. */
export async function headDigests(db: Read, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { head } = db.t;
  const rows = await db.orm
    .select({ id: head.id, digest: head.digest })
    .from(head)
    .where(inArray(head.id, [...ids]));
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}
