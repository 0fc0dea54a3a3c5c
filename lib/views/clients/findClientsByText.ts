import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Read } from "#lib/db/Database.ts";
import { findClients } from "#lib/db/queries/findClients.ts";

/** The first clients whose name or client_id contains the text. */
export async function findClientsByText(
  db: Read,
  text: string,
): Promise<{ id: string; name: string; clientId: string }[]> {
  const found = text.trim() ? await findClients(db, text.trim().slice(0, 200), 12) : [];
  return found.map((client) => ({ ...client, name: visibleText(client.name, 80) }));
}
