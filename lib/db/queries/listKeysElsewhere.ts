import { and, eq, inArray, isNull, ne, notInArray } from "drizzle-orm";
import type { Read } from "../Database.ts";

export interface KeyElsewhere {
  readonly jkt: string;
  readonly clientId: string;
  readonly domain: string;
  readonly ownerTeamId: string | null;
}

/** Where else in the inventory these keys are published. Clients that nobody asked for, or that were turned away, do not count. */
export async function listKeysElsewhere(
  db: Read,
  clientRowId: string,
  jkts: readonly string[],
): Promise<KeyElsewhere[]> {
  if (jkts.length === 0) return [];
  const { client, clientKey } = db.t;
  return db.orm
    .select({
      jkt: clientKey.jkt,
      clientId: client.clientId,
      domain: client.domain,
      ownerTeamId: client.ownerTeamId,
    })
    .from(clientKey)
    .innerJoin(client, eq(client.id, clientKey.clientRowId))
    .where(
      and(
        inArray(clientKey.jkt, jkts.slice(0, 100)),
        ne(clientKey.clientRowId, clientRowId),
        isNull(clientKey.removedAt),
        notInArray(client.lifecycle, ["discovered", "denied", "retired"]),
      ),
    );
}
