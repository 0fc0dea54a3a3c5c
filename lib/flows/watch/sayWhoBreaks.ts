import type { Change } from "#lib/core/drift/Drift.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

/** The changes, and beside each that takes something away the authorization servers where it may be missed. */
export async function sayWhoBreaks(
  db: Read,
  client: Row<"client">,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  if (!changes.some(({ effect }) => effect === "shrinkage")) return changes;
  const names: string[] = [];
  for (const { id, name } of await findAll(db, "audience")) {
    const said = await find(db, "listEntry", { audienceId: id, clientId: client.clientId });
    if (said?.entry.status === "allow") names.push(name);
  }
  if (names.length === 0) return changes;
  const where = new Intl.ListFormat("en").format(names.sort());
  return changes.map((change) =>
    change.effect === "shrinkage"
      ? { ...change, message: `${change.message} It may be missed at ${where}.` }
      : change,
  );
}
