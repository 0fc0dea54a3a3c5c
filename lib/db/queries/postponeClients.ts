import { inArray } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";
import { updateEachClient } from "../updateEachClient.ts";

/** Puts visits off until a moment each. */
export async function postponeClients(
  tx: Write,
  turns: readonly { readonly id: string; readonly until: Instant }[],
): Promise<void> {
  await updateEachClient(tx, "postpone", { until: "bigint" }, turns, ({ until }) => ({ nextFetchAt: until }));
}

/** When the visits of these clients are due. */
export async function dueTimes(db: Read, ids: readonly string[]): Promise<Map<string, Instant | null>> {
  const { client } = db.t;
  const times = new Map<string, Instant | null>();
  for (const list of idLists(ids)) {
    const rows = await rowsOfList<{ id: string; at: Instant | null }>(db, "due times", list, (places) =>
      db.orm
        .select({ id: client.id, at: client.nextFetchAt })
        .from(client)
        .where(inArray(client.id, places as string[])),
    );
    for (const { id, at } of rows) times.set(id, at);
  }
  return times;
}
