import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, remove, type Row } from "#lib/db/rows.ts";

/** Takes away a due row that was leased until then and is done, unless somebody made it due again meanwhile. */
export async function settleDue(tx: Write, due: Row<"due">, leasedUntil: Instant): Promise<void> {
  const now = await find(tx, "due", { key: due.key });
  if (now && now.at === due.at && now.leasedUntil !== null && now.leasedUntil <= leasedUntil)
    await remove(tx, "due", { key: due.key });
}
