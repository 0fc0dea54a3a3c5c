import { intersectEntries } from "#lib/core/allowlist/intersectEntries.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import { listedEntry } from "#lib/db/queries/listedEntry.ts";
import type { Row } from "#lib/db/rows.ts";

/**
 * What of an entry counts within the releases a list is rolled back to (`heldHeads`): nothing that any of them does not
 * allow. Undefined: not listed. The same entry when there are none.
 */
export async function withinHeld(
  db: Read,
  held: readonly Pick<Row<"head">, "root">[],
  clientId: string,
  entry: AllowlistEntry,
): Promise<AllowlistEntry | undefined> {
  let left = entry;
  for (const { root } of held) {
    if (left.status !== "allow") return left;
    const older = await listedEntry(db, root, clientId);
    if (!older) return undefined;
    left = intersectEntries(left, older);
  }
  return left;
}
