import type { Write } from "../Database.ts";
import type { NewRow } from "../rows.ts";

/** Inserts deliveries that are not there yet and leaves those that are; says how many were new. */
export async function insertDeliveries(tx: Write, rows: readonly NewRow<"delivery">[]): Promise<number> {
  const { delivery } = tx.t;
  let made = 0;
  for (const row of rows) {
    const done = (await tx.orm.insert(delivery).values(row).onConflictDoNothing()) as unknown as {
      rowCount?: number;
      changes?: number;
    };
    made += done.rowCount ?? done.changes ?? 0;
  }
  return made;
}
