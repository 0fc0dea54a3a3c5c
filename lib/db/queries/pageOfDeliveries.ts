import { and, desc, eq, gt, lt, or, type SQL } from "drizzle-orm";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

export interface DeliveryFilter {
  readonly channelId?: string;
  readonly state?: DeliveryState;
  /** Only those before this one, in the order of the page. */
  readonly before?: { readonly at: Instant; readonly id: string };
}

/** Deliveries that match, newest first. */
export async function pageOfDeliveries(
  db: Read,
  { channelId, state, before }: DeliveryFilter,
  limit: number,
): Promise<Row<"delivery">[]> {
  const { delivery } = db.t;
  const conditions: (SQL | undefined)[] = [
    channelId ? eq(delivery.channelId, channelId) : undefined,
    state ? eq(delivery.state, state) : undefined,
    before
      ? or(lt(delivery.at, before.at), and(eq(delivery.at, before.at), lt(delivery.id, before.id)))
      : undefined,
  ];
  return db.orm
    .select()
    .from(delivery)
    .where(and(...conditions))
    .orderBy(desc(delivery.at), desc(delivery.id))
    .limit(limit);
}

/** The newest delivery of a channel that was tried. */
export async function latestTried(db: Read, channelId: string): Promise<Row<"delivery"> | undefined> {
  const { delivery } = db.t;
  const rows = await db.orm
    .select()
    .from(delivery)
    .where(and(eq(delivery.channelId, channelId), gt(delivery.attempts, 0)))
    .orderBy(desc(delivery.at), desc(delivery.id))
    .limit(1);
  return rows[0];
}
