import type { ClientFilter } from "#lib/core/clientFilter/ClientFilter.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import type { ClientOrder } from "#lib/db/queries/listClientRows.ts";
import { listClients } from "./listClients.ts";

/** One client in a file: flat, times as ISO 8601. */
export interface ExportedClient {
  readonly client_id: string;
  readonly client_name: string;
  readonly trust: string;
  readonly document: string;
  readonly risk: string;
  readonly owner_team: string | null;
  readonly sponsor: string | null;
  readonly redirects: string | null;
  readonly keys: number | null;
  readonly valid_until: string | null;
  readonly last_fetched_at: string | null;
  readonly open_request: number | null;
}

/** Every client that matches, or of those only the ones named by `ids`. */
export async function exportClients(
  db: Read,
  now: Instant,
  ask: { filter: ClientFilter; order: ClientOrder; ids?: readonly string[] },
): Promise<ExportedClient[]> {
  const { lines } = await listClients(db, now, { ...ask, offset: 0, limit: 1_000_000 });
  const wanted = new Set(ask.ids);
  return lines
    .filter((line) => wanted.size === 0 || wanted.has(line.id))
    .map((line) => ({
      client_id: line.clientId,
      client_name: line.name,
      trust: line.expired ? "expired" : line.lifecycle,
      document: line.sync,
      risk: line.risk,
      owner_team: line.owner,
      sponsor: line.sponsor,
      redirects: line.redirects,
      keys: line.keys,
      valid_until: iso(line.validUntil),
      last_fetched_at: iso(line.lastFetchedAt),
      open_request: line.openRequest,
    }));
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
