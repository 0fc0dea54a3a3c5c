import { and, eq, lte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import { changesOfList } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** Takes away a due row that was leased until then and is done, unless somebody made it due again meanwhile. */
export async function settleDue(tx: Write, { key, at }: Row<"due">, leasedUntil: Instant): Promise<void> {
  const { due } = tx.t;
  await changesOfList(tx, "settle due", [key, at, leasedUntil], ([name, time, until]) =>
    tx.orm
      .delete(due)
      .where(
        and(eq(due.key, name as string), eq(due.at, time as number), lte(due.leasedUntil, until as number)),
      ),
  );
}
