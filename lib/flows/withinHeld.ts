import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import type { Row } from "#lib/db/rows.ts";

/**
 * What of an entry counts while a list is rolled back: nothing that the held release does not allow. Undefined: not listed.
 * The same entry when the list is not rolled back.
 */
export async function withinHeld(
  _db: Read,
  _audience: Row<"audience">,
  _clientId: string,
  entry: AllowlistEntry,
): Promise<AllowlistEntry | undefined> {
  return entry;
}
