import type { Write } from "#lib/db/Database.ts";
import { listSeenOfHost, moveSeen } from "#lib/db/queries/seenOfHost.ts";
import { namespaceMatcher } from "./namespaceOf.ts";

/** Says anew whose children the client_ids are that servers met at a host: after namespaces there came or went. */
export async function adoptChildren(tx: Write, host: string): Promise<void> {
  const match = await namespaceMatcher(tx);
  const moved = new Map<string | null, string[]>();
  for (const { clientId, namespaceId } of await listSeenOfHost(tx, host)) {
    const parent = match(clientId) ?? null;
    if (parent === namespaceId) continue;
    const others = moved.get(parent);
    if (others) others.push(clientId);
    else moved.set(parent, [clientId]);
  }
  for (const [parent, clientIds] of moved) await moveSeen(tx, clientIds, parent);
}
