import { count, inArray } from "drizzle-orm";
import type { Lifecycle } from "#lib/core/client.ts";
import { idLists } from "../byIds.ts";
import type { Read } from "../Database.ts";
import { rowsOfList } from "../prepared.ts";

export interface ClientsAt {
  readonly host: string;
  readonly lifecycle: Lifecycle;
  readonly clients: number;
}

/** How many clients of each lifecycle the inventory has at each host of these registrable domains. */
export async function countClientsAt(db: Read, domains: Iterable<string>): Promise<ClientsAt[]> {
  const { client } = db.t;
  const found = new Map<string, ClientsAt>();
  for (const list of idLists([...domains])) {
    const rows = await rowsOfList<ClientsAt>(db, "clients at hosts of", list, (places) =>
      db.orm
        .select({ host: client.host, lifecycle: client.lifecycle, clients: count() })
        .from(client)
        .where(inArray(client.domain, places as string[]))
        .groupBy(client.host, client.lifecycle),
    );
    for (const row of rows)
      found.set(`${row.host} ${row.lifecycle}`, { ...row, clients: Number(row.clients) });
  }
  return [...found.values()];
}
