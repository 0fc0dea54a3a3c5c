import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";

/** The id in the inventory of a client_id, which is compared as a string; or a refusal that says it is not there. */
export async function clientRowId(db: Read, clientId: string): Promise<string> {
  const client = await find(db, "client", { clientId });
  if (!client) throw new Refusal("not_found", `${clientId} is not in the inventory.`);
  return client.id;
}
