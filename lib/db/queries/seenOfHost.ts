import { eq, inArray } from "drizzle-orm";
import type { Read, Write } from "../Database.ts";

/** Client_ids of one statement: PostgreSQL takes 65,535 values, SQLite 32,766. */
const atOnce = 1_000;

/** The client_ids that servers met at a host, with the namespace they are counted to. */
export async function listSeenOfHost(
  db: Read,
  host: string,
): Promise<{ clientId: string; namespaceId: string | null }[]> {
  const { seenClient } = db.t;
  return db.orm
    .select({ clientId: seenClient.clientId, namespaceId: seenClient.namespaceId })
    .from(seenClient)
    .where(eq(seenClient.host, host));
}

/** Counts client_ids to a namespace, or to none. */
export async function moveSeen(
  tx: Write,
  clientIds: readonly string[],
  namespaceId: string | null,
): Promise<void> {
  const { seenClient } = tx.t;
  for (let at = 0; at < clientIds.length; at += atOnce)
    await tx.orm
      .update(seenClient)
      .set({ namespaceId })
      .where(inArray(seenClient.clientId, clientIds.slice(at, at + atOnce)));
}
