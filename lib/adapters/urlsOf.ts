import type { ExportedList, LeftOut, ListedClient } from "./Adapter.ts";
import { nobodysHost } from "./hostsOf.ts";
import { notLiteral } from "./literal.ts";

/** Stands where an empty list would mean "everybody". */
export const nobodysUrl = `https://${nobodysHost}/client.json`;

export interface UrlChoice {
  readonly clients: readonly ListedClient[];
  readonly refused: readonly LeftOut[];
  /** The client_ids, never empty: `nobodysUrl` when there is none. */
  readonly urls: readonly string[];
}

/**
 * The client_ids a product that matches URLs may admit: those that no pattern grammar reads as anything but themselves.
 * @param asPrefix the product may take a URL for everything that begins with it, so none may be the beginning of a
 *   refused one
 */
export function urlsOf(list: ExportedList, asPrefix = false): UrlChoice {
  const clients: ListedClient[] = [];
  const refused: LeftOut[] = [];
  const deniedAt = asPrefix ? Map.groupBy(list.deniedClientIds, originOf) : undefined;
  for (const listed of list.entries) {
    const { clientId } = listed;
    const below = deniedAt?.get(originOf(clientId))?.some((denied) => denied.startsWith(clientId));
    const why =
      notLiteral(clientId) ??
      (below ? "A refused client's URL begins with it, and the product may compare beginnings." : undefined);
    if (why === undefined) clients.push(listed);
    else refused.push({ clientId, why });
  }
  for (const { pattern, status } of list.namespaces)
    if (status === "allow")
      refused.push({
        clientId: pattern,
        why: "A namespace: the product would not hold its clients to its limits.",
      });
  return {
    clients,
    refused,
    urls: clients.length > 0 ? clients.map(({ clientId }) => clientId) : [nobodysUrl],
  };
}

function originOf(url: string): string {
  const path = url.indexOf("/", "https://".length);
  return path < 0 ? url : url.slice(0, path);
}
