import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Read } from "../Database.ts";

export interface KeyHolder {
  readonly jkt: string;
  readonly clientRowId: string;
  readonly clientId: string;
  readonly ownerTeamId: string | null;
}

/** Who publishes these keys now, retired clients left out; by client_id. */
export async function listKeyHolders(db: Read, jkts: readonly string[]): Promise<KeyHolder[]> {
  const { client, clientKey } = db.t;
  const found: KeyHolder[] = [];
  for (let from = 0; from < jkts.length; from += 500)
    found.push(
      ...(await db.orm
        .select({
          jkt: clientKey.jkt,
          clientRowId: clientKey.clientRowId,
          clientId: client.clientId,
          ownerTeamId: client.ownerTeamId,
        })
        .from(clientKey)
        .innerJoin(client, eq(client.id, clientKey.clientRowId))
        .where(
          and(
            inArray(clientKey.jkt, jkts.slice(from, from + 500)),
            isNull(clientKey.removedAt),
            ne(client.lifecycle, "retired"),
          ),
        )
        .orderBy(client.clientId)),
    );
  return found;
}
