import { and, desc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

export type UnloggedHead = Pick<Row<"head">, "id" | "digest">;

/**
 * The heads of a list that the log does not hold yet, oldest first. A list's heads are stored and logged in their own
 * order, so they are its newest: the look back ends at the first one that is logged.
 */
export async function listUnloggedHeads(db: Read, audienceId: string): Promise<UnloggedHead[]> {
  const { head, logLeaf } = db.t;
  for (let limit = 4; ; limit *= 8) {
    const rows = await db.orm
      .select({ id: head.id, digest: head.digest, index: logLeaf.index })
      .from(head)
      .leftJoin(logLeaf, and(eq(logLeaf.kind, "head"), eq(logLeaf.ref, head.id)))
      .where(eq(head.audienceId, audienceId))
      .orderBy(desc(head.epoch), desc(head.seq))
      .limit(limit);
    const logged = rows.findIndex(({ index }) => index !== null);
    if (logged >= 0) return rows.slice(0, logged).reverse();
    if (rows.length < limit) return rows.reverse();
  }
}
