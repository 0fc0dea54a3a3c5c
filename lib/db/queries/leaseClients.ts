import { and, eq, inArray, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { idValues } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { changesOf, rowsOf } from "../prepared.ts";
import { updateEachClient } from "../updateEachClient.ts";

/** Takes clients until `until`: nobody else visits them meanwhile. */
export async function leaseClients(tx: Write, ids: readonly string[], until: Instant): Promise<void> {
  const { client } = tx.t;
  for (const values of idValues(ids))
    await changesOf(tx, "lease clients", { ...values, until }, ({ until: at, ...places }) =>
      tx.orm
        .update(client)
        .set({ leasedUntil: sql`${sql.param(at, client.leasedUntil)}` })
        .where(inArray(client.id, Object.values(places) as string[])),
    );
}

/** Gives back clients that were taken until `lease` and not visited: they are due as before. */
export async function giveBackClients(tx: Write, ids: readonly string[], lease: Instant): Promise<void> {
  const { client } = tx.t;
  for (const values of idValues(ids))
    await tx.orm
      .update(client)
      .set({ leasedUntil: null })
      .where(and(inArray(client.id, Object.values(values)), eq(client.leasedUntil, lease)));
}

/** Sends clients that are due away until a moment each. */
export async function postponeClients(
  tx: Write,
  turns: readonly { readonly id: string; readonly until: Instant }[],
): Promise<void> {
  await updateEachClient(tx, "postpone", { until: "bigint" }, turns, ({ until }) => ({ nextFetchAt: until }));
}

/** Until when each of these clients is taken; those that nobody visits are not in it. */
export async function leasesOf(db: Read, ids: readonly string[]): Promise<Map<string, Instant>> {
  const { client } = db.t;
  const leases = new Map<string, Instant>();
  for (const values of idValues(ids)) {
    const rows = await rowsOf<{ id: string; until: Instant | null }>(db, "leases", values, (places) =>
      db.orm
        .select({ id: client.id, until: client.leasedUntil })
        .from(client)
        .where(inArray(client.id, Object.values(places) as string[])),
    );
    for (const { id, until } of rows) if (until !== null) leases.set(id, until);
  }
  return leases;
}
