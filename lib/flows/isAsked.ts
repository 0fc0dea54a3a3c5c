import { stillAsks } from "#lib/core/review/stillAsks.ts";
import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";

/** Whether somebody asked, and their word still counts. */
export async function isAsked(db: Read, personId: string | null): Promise<boolean> {
  const person = personId === null ? undefined : await find(db, "person", { id: personId });
  return person !== undefined && stillAsks(person);
}
