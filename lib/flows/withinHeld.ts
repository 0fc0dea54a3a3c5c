import { intersectEntries } from "#lib/core/allowlist/intersectEntries.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import { listedEntry } from "#lib/db/queries/listedEntry.ts";
import { find, type Row } from "#lib/db/rows.ts";

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
  if (!audience.heldHeadId || entry.status !== "allow") return entry;
  const head = await find(db, "head", { id: audience.heldHeadId });
  if (!head) throw new Error(`The release that ${audience.slug} is held at is not stored.`);
  const held = await listedEntry(db, head.root, clientId);
  return held && intersectEntries(entry, held);
}
