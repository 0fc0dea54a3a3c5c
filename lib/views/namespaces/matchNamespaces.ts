import { matchPattern } from "#lib/consumer/matchPattern.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { bySpecificity } from "#lib/core/namespace/bySpecificity.ts";
import type { Read } from "#lib/db/Database.ts";
import { namespaceList, type NamespaceLine } from "./namespaceList.ts";

/** The namespaces whose pattern matches a client_id, the one that decides first. */
export async function matchNamespaces(db: Read, now: Instant, clientId: string): Promise<NamespaceLine[]> {
  return bySpecificity(await namespaceList(db, now)).filter(({ pattern }) => matchPattern(pattern, clientId));
}
