import { changesOf } from "../prepared.ts";
import type { Write } from "../Database.ts";
import type { NewRow } from "../rows.ts";

/** Inserts deliveries that are not there yet and leaves those that are; says how many were new. */
export async function insertDeliveries(tx: Write, rows: readonly NewRow<"delivery">[]): Promise<number> {
  const { delivery } = tx.t;
  let made = 0;
  for (const row of rows)
    made += await changesOf(tx, "insert delivery once", row, (values) =>
      tx.orm
        .insert(delivery)
        .values(values as NewRow<"delivery">)
        .onConflictDoNothing(),
    );
  return made;
}
