import { asc } from "drizzle-orm";
import type { Read } from "../Database.ts";
import { findAll } from "../rows.ts";

/** Key sets that the log does not hold yet, in the order of their versions: there are a few a year. */
export async function listUnloggedKeySets(db: Read): Promise<{ version: number; digest: string }[]> {
  const { keySet } = db.t;
  const sets = await db.orm
    .select({ version: keySet.version, digest: keySet.digest })
    .from(keySet)
    .orderBy(asc(keySet.version));
  if (sets.length === 0) return [];
  const logged = new Set((await findAll(db, "logLeaf", { kind: "keys" })).map(({ ref }) => ref));
  return sets.filter(({ version }) => !logged.has(String(version)));
}
