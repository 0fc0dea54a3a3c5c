import { day } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, upsert } from "#lib/db/rows.ts";

/** Rows of counts that one server begins in a day: different ways in which different clients are asked about. */
export const mostBegun = 50_000;

/** A server may bring as many client_ids that nobody knew in a day as in so many hours. */
const newcomersHours = 4;

/** What one server has brought today, by our clock. */
export interface DayOfServer {
  readonly begun: number;
  readonly newClients: number;
  readonly leftOut: number;
}

export async function dayOfServer(ctx: Context, db: Read, consumerId: string): Promise<DayOfServer> {
  const row = await find(db, "sightingDay", { id: idOf(ctx, consumerId) });
  return row ?? { begun: 0, newClients: 0, leftOut: 0 };
}

export function mostNewClients(ctx: Context): number {
  return newcomersHours * ctx.config.newClientsPerHour;
}

export async function saveDayOfServer(
  ctx: Context,
  tx: Write,
  consumerId: string,
  is: DayOfServer,
): Promise<void> {
  const { begun, newClients, leftOut } = is;
  await upsert(tx, "sightingDay", "id", {
    id: idOf(ctx, consumerId),
    consumerId,
    day: today(ctx),
    begun,
    newClients,
    leftOut: Math.min(1_000_000_000, leftOut),
  });
}

const today = (ctx: Context) => ctx.clock() - (ctx.clock() % day);
const idOf = (ctx: Context, consumerId: string) => `${consumerId} ${today(ctx)}`;
