import { inArray, sql } from "drizzle-orm";
import { idLists } from "../byIds.ts";
import type { Read } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";

/** What tells whether an observation shows anything new; the results of the checks as they are stored. */
export interface SnapshotDigest {
  readonly id: string;
  readonly digest: string;
  readonly resultsText: string;
}

export async function snapshotDigests(
  db: Read,
  ids: readonly string[],
): Promise<Map<string, SnapshotDigest>> {
  const { snapshot } = db.t;
  const found = new Map<string, SnapshotDigest>();
  for (const list of idLists(ids)) {
    const rows = await rowsOfList<SnapshotDigest>(db, "snapshot digests", list, (places) =>
      db.orm
        .select({
          id: snapshot.id,
          digest: snapshot.digest,
          resultsText: sql<string>`${snapshot.results}`,
        })
        .from(snapshot)
        .where(inArray(snapshot.id, places as string[])),
    );
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
