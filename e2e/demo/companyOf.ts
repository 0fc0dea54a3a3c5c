import { inventedClients, type InventedClient } from "../sandbox/inventedClients.ts";

/** What an invented company serves when the story begins. */
export function companyOf(
  company: string,
): Pick<InventedClient, "document" | "keys"> & { clientId: string; name: string } {
  const invented = inventedClients.find((each) => each.company === company);
  if (!invented) throw new Error(`There is no invented client of ${company}.`);
  const { client_id: clientId, document, keys } = invented;
  return { clientId, name: company, document, ...(keys ? { keys } : {}) };
}
