import { and, asc, inArray, notInArray } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Clients whose document grew or cannot be read, as far as anybody relies on them; the longest first. */
export async function listClientsInTrouble(db: Read, limit: number): Promise<Row<"client">[]> {
  const { client } = db.t;
  return db.orm
    .select()
    .from(client)
    .where(
      and(
        inArray(client.sync, ["held", "challenged", "unreachable", "gone"]),
        notInArray(client.lifecycle, ["denied", "blocked", "retired"]),
      ),
    )
    .orderBy(asc(client.updatedAt))
    .limit(limit);
}
