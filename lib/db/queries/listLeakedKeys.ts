import { eq, isNotNull } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** A key whose private half was published by a client, and the domain it was published from. */
export interface LeakedKey {
  readonly jkt: string;
  readonly clientRowId: string;
  readonly domain: string;
}

export async function listLeakedKeys(db: Read): Promise<readonly LeakedKey[]> {
  const { client, clientKey } = db.t;
  return db.orm
    .select({ jkt: clientKey.jkt, clientRowId: clientKey.clientRowId, domain: client.domain })
    .from(clientKey)
    .innerJoin(client, eq(client.id, clientKey.clientRowId))
    .where(isNotNull(clientKey.leakedAt));
}
