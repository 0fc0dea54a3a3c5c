import { asc, or, sql } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Clients whose name or client_id contains the text, upper and lower case alike. */
export async function findClients(
  db: Read,
  text: string,
  limit: number,
): Promise<{ id: string; name: string; clientId: string }[]> {
  const { client } = db.t;
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return db.orm
    .select({ id: client.id, name: client.name, clientId: client.clientId })
    .from(client)
    .where(
      or(
        sql`lower(${client.name}) like ${pattern} escape '\\'`,
        sql`lower(${client.clientId}) like ${pattern} escape '\\'`,
      ),
    )
    .orderBy(asc(client.name), asc(client.clientId))
    .limit(limit);
}
