import { intersectEntries } from "#lib/core/allowlist/intersectEntries.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import { listedEntry } from "#lib/db/queries/listedEntry.ts";
import type { Row } from "#lib/db/rows.ts";
import { heldHeads } from "./heldHeads.ts";

/**
 * What of an entry counts while a list is rolled back: nothing that the held release does not allow. Undefined: not listed.
 * The same entry when the list is not rolled back.
 */
export async function withinHeld(
  db: Read,
  audience: Row<"audience">,
  clientId: string,
  entry: AllowlistEntry,
): Promise<AllowlistEntry | undefined> {
  let left = entry;
  for (const { root } of await heldHeads(db, audience)) {
    if (left.status !== "allow") return left;
    const held = await listedEntry(db, root, clientId);
    if (!held) return undefined;
    left = intersectEntries(left, held);
  }
  return left;
}
