import { and, asc, eq, lt } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** What gathered for a channel's digest before `before`, the oldest first. */
export async function listCollecting(
  db: Read,
  channelId: string,
  before: Instant,
  limit: number,
): Promise<Row<"delivery">[]> {
  const { delivery } = db.t;
  return db.orm
    .select()
    .from(delivery)
    .where(and(eq(delivery.channelId, channelId), eq(delivery.state, "collecting"), lt(delivery.at, before)))
    .orderBy(asc(delivery.at), asc(delivery.id))
    .limit(limit);
}
