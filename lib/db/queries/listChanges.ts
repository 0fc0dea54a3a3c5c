import { and, eq, gt, inArray, lte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { changesOfList, rowsOfList } from "../prepared.ts";

/** What may have changed in a list since its last release. */
export async function listChanges(
  db: Read,
  audienceId: string,
): Promise<{ id: string; clientRowId: string | null }[]> {
  const { listChange } = db.t;
  return rowsOfList(db, "changes of list", [audienceId], ([audience]) =>
    db.orm
      .select({ id: listChange.id, clientRowId: listChange.clientRowId })
      .from(listChange)
      .where(eq(listChange.audienceId, audience as string)),
  );
}

export async function removeListChanges(tx: Write, ids: readonly string[]): Promise<void> {
  const { listChange } = tx.t;
  for (const list of idLists(ids))
    await changesOfList(tx, "remove changes", list, (places) =>
      tx.orm.delete(listChange).where(inArray(listChange.id, places as string[])),
    );
}

/** Clients whose approval ended after `from` and not after `to`. */
export async function clientsThatEnded(db: Read, from: Instant, to: Instant): Promise<string[]> {
  const { client } = db.t;
  const rows = await rowsOfList<{ id: string }>(db, "approvals ended", [from, to], ([after, until]) =>
    db.orm
      .select({ id: client.id })
      .from(client)
      .where(and(gt(client.validUntil, after as number), lte(client.validUntil, until as number))),
  );
  return rows.map(({ id }) => id);
}
