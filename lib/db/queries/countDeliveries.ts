import { count } from "drizzle-orm";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";
import type { Read } from "../Database.ts";

export interface DeliveryCount {
  readonly channelId: string;
  readonly state: DeliveryState;
  readonly count: number;
}

/** How many deliveries of each channel stand where. */
export async function countDeliveries(db: Read): Promise<DeliveryCount[]> {
  const { delivery } = db.t;
  const rows = await db.orm
    .select({ channelId: delivery.channelId, state: delivery.state, count: count() })
    .from(delivery)
    .groupBy(delivery.channelId, delivery.state);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
