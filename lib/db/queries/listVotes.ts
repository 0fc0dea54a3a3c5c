import { asc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The votes on a request with who cast them, in order. */
export async function listVotes(
  db: Read,
  requestId: string,
): Promise<{ vote: Row<"vote">; person: Row<"person"> }[]> {
  const { vote, person } = db.t;
  return db.orm
    .select({ vote, person })
    .from(vote)
    .innerJoin(person, eq(person.id, vote.personId))
    .where(eq(vote.requestId, requestId))
    .orderBy(asc(vote.at), asc(vote.id));
}
