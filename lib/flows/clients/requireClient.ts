import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** The client, or a refusal that says it is not there. */
export async function requireClient(db: Read, id: string): Promise<Row<"client">> {
  const client = await find(db, "client", { id });
  if (!client) throw new Refusal("not_found", "This client is not in the inventory.");
  return client;
}
