import { desc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** The newest head of an audience's list: highest epoch, then highest seq. */
export async function latestHead(db: Read, audienceId: string): Promise<Row<"head"> | undefined> {
  const { head } = db.t;
  const [row] = await db.orm
    .select()
    .from(head)
    .where(eq(head.audienceId, audienceId))
    .orderBy(desc(head.epoch), desc(head.seq))
    .limit(1);
  return row;
}
