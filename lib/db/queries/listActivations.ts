import { and, eq, gte } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** When instances first ran the releases of an audience, from a revision on. */
export async function listActivations(
  db: Read,
  audienceId: string,
  epoch: number,
  fromRev: number,
): Promise<Row<"activation">[]> {
  const { activation } = db.t;
  return db.orm
    .select()
    .from(activation)
    .where(
      and(eq(activation.audienceId, audienceId), eq(activation.epoch, epoch), gte(activation.rev, fromRev)),
    );
}
