import { and, asc, eq, inArray } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** A critical finding of the client that nobody waived or dismissed: while there is one, no suspension or block is lifted. */
export async function blockingFinding(db: Read, clientRowId: string): Promise<Row<"finding"> | undefined> {
  const { finding } = db.t;
  const [first] = await db.orm
    .select()
    .from(finding)
    .where(
      and(
        eq(finding.clientRowId, clientRowId),
        inArray(finding.state, ["open", "acknowledged", "snoozed"]),
        eq(finding.severity, "critical"),
      ),
    )
    .orderBy(asc(finding.number))
    .limit(1);
  return first;
}
