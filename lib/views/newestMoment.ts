import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll } from "#lib/db/rows.ts";

/** The newest moment that was written down, in the journal or a release; undefined in an empty database. */
export async function newestMoment(db: Read): Promise<Instant | undefined> {
  const end = await find(db, "journalHead", { id: "journal" });
  const line = end && (await find(db, "journal", { seq: end.seq }));
  const moments = line ? [line.at] : [];
  for (const audience of await findAll(db, "audience")) {
    const head = await latestHead(db, audience.id);
    if (head) moments.push(head.issuedAt);
  }
  return moments.length > 0 ? Math.max(...moments) : undefined;
}
