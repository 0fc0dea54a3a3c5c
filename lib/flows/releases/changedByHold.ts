import type { Read } from "#lib/db/Database.ts";
import { rowIdsOfClients } from "#lib/db/queries/listableClients.ts";
import type { Row } from "#lib/db/rows.ts";
import { compareTrees } from "#lib/db/queries/compareTrees.ts";
import type { Changed } from "./scheduleRelease.ts";

/** Clients that are looked at one by one; of more, the whole list is. */
const most = 1_000;

/**
 * Whose entry may say something else once a list is held at `held`: clients that its newest release allows otherwise than
 * that one. Where both say the same, what they have in common is the same; what is refused stays refused.
 */
export async function changedByHold(
  db: Read,
  newest: Pick<Row<"head">, "root">,
  held: Pick<Row<"head">, "root">,
): Promise<Changed> {
  const { differences, more, unknown } = await compareTrees(db, held.root, newest.root, most);
  if (more || unknown) return "all";
  const narrowed = differences.flatMap(({ clientId, after }) => (after?.status === "allow" ? clientId : []));
  const ids = await rowIdsOfClients(db, narrowed);
  // An entry of a client that is not there any more leaves the list only when all of it is looked at.
  return ids.length === narrowed.length ? ids : "all";
}
