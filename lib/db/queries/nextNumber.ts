import { eq, max } from "drizzle-orm";
import type { Read } from "../Database.ts";
import { rowsOf } from "../prepared.ts";

/** The number the next request gets. Inside a transaction only. */
export async function nextRequestNumber(db: Read): Promise<number> {
  const [row] = await db.orm.select({ last: max(db.t.request.number) }).from(db.t.request);
  return Number(row?.last ?? 0) + 1;
}

/** The number the next finding gets. Inside a transaction only. */
export async function nextFindingNumber(db: Read): Promise<number> {
  const [row] = await rowsOf<{ last: number | null }>(db, "last finding number", {}, () =>
    db.orm.select({ last: max(db.t.finding.number) }).from(db.t.finding),
  );
  return Number(row?.last ?? 0) + 1;
}

/** The number the next snapshot of a client gets. Inside a transaction only. */
export async function nextSnapshotNumber(db: Read, clientRowId: string): Promise<number> {
  const { snapshot } = db.t;
  const [row] = await rowsOf<{ last: number | null }>(db, "last number", { clientRowId }, (values) =>
    db.orm
      .select({ last: max(snapshot.number) })
      .from(snapshot)
      .where(eq(snapshot.clientRowId, values["clientRowId"] as string)),
  );
  return Number(row?.last ?? 0) + 1;
}

/** The number the next namespace gets. Inside a transaction only. */
export async function nextNamespaceNumber(db: Read): Promise<number> {
  const [row] = await db.orm.select({ last: max(db.t.namespace.number) }).from(db.t.namespace);
  return Number(row?.last ?? 0) + 1;
}
