import { and, desc, eq, lte, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** The newest head of an audience's list: highest epoch, then highest seq. */
export async function latestHead(db: Read, audienceId: string): Promise<Row<"head"> | undefined> {
  const { head } = db.t;
  const [row] = await rowsOfList<Row<"head">>(db, "latest head", [audienceId], ([audience]) =>
    db.orm
      .select()
      .from(head)
      .where(eq(head.audienceId, audience as string))
      .orderBy(desc(head.epoch), desc(head.seq))
      .limit(sql.raw("1") as unknown as number),
  );
  return row;
}

/** The newest head of an audience's list that was signed no later than `at`. */
export async function headSignedBefore(
  db: Read,
  audienceId: string,
  at: Instant,
): Promise<Row<"head"> | undefined> {
  const { head } = db.t;
  const [row] = await db.orm
    .select()
    .from(head)
    .where(and(eq(head.audienceId, audienceId), lte(head.issuedAt, at)))
    .orderBy(desc(head.epoch), desc(head.seq))
    .limit(1);
  return row;
}
