import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";

/** Every team, by name, for a form that asks for one. */
export async function teamChoices(db: Read): Promise<{ id: string; name: string }[]> {
  const teams = await findAll(db, "team");
  return teams.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}
