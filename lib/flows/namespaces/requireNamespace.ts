import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** The namespace of this number. Refuses one that does not exist. */
export async function requireNamespace(db: Read, number: number): Promise<Row<"namespace">> {
  const namespace = await find(db, "namespace", { number });
  if (!namespace) throw new Refusal("not_found", `There is no namespace ${number}.`);
  return namespace;
}
