import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** The releases beyond which a list allows nothing now; none when it is not rolled back. */
export async function heldHeads(db: Read, audience: Row<"audience">): Promise<Row<"head">[]> {
  if (!audience.heldHeadId) return [];
  const heads: Row<"head">[] = [];
  for (const id of [audience.heldHeadId, ...(audience.heldWithin ?? [])]) {
    const head = await find(db, "head", { id });
    if (!head) throw new Error(`The release that ${audience.slug} is held at is not stored.`);
    heads.push(head);
  }
  return heads;
}
