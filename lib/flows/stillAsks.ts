import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";

/** Whether the word of somebody who asked for trust to grow still counts: they are here and may review. */
export async function stillAsks(db: Read, personId: string | null): Promise<boolean> {
  const person = personId === null ? undefined : await find(db, "person", { id: personId });
  return person?.active === true && (person.role === "reviewer" || person.role === "admin");
}
