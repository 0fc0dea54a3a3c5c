import { count, sql } from "drizzle-orm";
import type { Lifecycle, Sync } from "#lib/core/client.ts";
import type { Read } from "../Database.ts";

export interface ClientGroup {
  readonly lifecycle: Lifecycle;
  readonly sync: Sync;
  readonly owned: boolean;
  readonly clients: number;
}

/** How many clients stand where, and whether somebody owns them. */
export async function countClientGroups(db: Read): Promise<ClientGroup[]> {
  const { client } = db.t;
  const owned = sql<number>`case when ${client.ownerTeamId} is null then 0 else 1 end`;
  const rows = await db.orm
    .select({ lifecycle: client.lifecycle, sync: client.sync, owned, n: count() })
    .from(client)
    .groupBy(client.lifecycle, client.sync, owned);
  return rows.map((row) => ({
    lifecycle: row.lifecycle,
    sync: row.sync,
    owned: Number(row.owned) === 1,
    clients: Number(row.n),
  }));
}
