import type { Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import type { ClientFilter, RedirectWord } from "#lib/core/clientFilter/ClientFilter.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import { memberOf } from "#lib/core/drift/memberOf.ts";
import { countRedirects } from "#lib/core/explain/countRedirects.ts";
import { explainRedirects } from "#lib/core/explain/explainRedirects.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { countClientGroups, type ClientGroup } from "#lib/db/queries/countClientGroups.ts";
import { openRequestNumbers } from "#lib/db/queries/listClientRequests.ts";
import {
  countClients,
  listClientDocuments,
  listClientRows,
  listClientsByIds,
  type ClientOrder,
  type ListedClient,
} from "#lib/db/queries/listClientRows.ts";
import { listSnapshotFacts, type SnapshotFacts } from "#lib/db/queries/listSnapshotFacts.ts";

export { clientSorts, type ClientOrder, type ClientSort } from "#lib/db/queries/listClientRows.ts";

export interface ClientLine {
  readonly id: string;
  /** Made visible: the document's publisher wrote it. */
  readonly name: string;
  readonly clientId: string;
  readonly lifecycle: Lifecycle;
  readonly expired: boolean;
  readonly validUntil: Instant | null;
  readonly sync: Sync;
  /** The gravest member that waits for approval, in a word: "redirects". */
  readonly heldBy: string | null;
  readonly failingSince: Instant | null;
  readonly owner: string | null;
  readonly sponsor: string | null;
  /** In words, e.g. "3 same site, 1 other site"; null while no document was read. */
  readonly redirects: string | null;
  readonly keys: number | null;
  readonly risk: RiskTier;
  readonly errors: number;
  readonly lastFetchedAt: Instant | null;
  readonly openRequest: number | null;
}

export interface ClientList {
  readonly now: Instant;
  readonly lines: readonly ClientLine[];
  /** How many match the filter. */
  readonly matching: number;
  readonly counts: ClientCounts;
}

export interface ClientCounts {
  readonly all: number;
  readonly pending: number;
  readonly held: number;
  readonly unowned: number;
  readonly suspended: number;
}

/** One page of the clients that match, and the counts of the ready-made filters. */
export async function listClients(
  db: Read,
  now: Instant,
  ask: { filter: ClientFilter; order: ClientOrder; offset: number; limit: number },
): Promise<ClientList> {
  const { filter, order, offset, limit } = ask;
  const counts = segments(await countClientGroups(db));
  if (filter.redirect.length === 0) {
    const [rows, matching] = await Promise.all([
      listClientRows(db, filter, order, { offset, limit }, now),
      countClients(db, filter, now),
    ]);
    return { now, lines: await asLines(db, rows, now), matching, counts };
  }
  const documents = await listClientDocuments(db, filter, order, now);
  const ids = documents.filter((each) => goesTo(each, filter.redirect)).map((each) => each.id);
  const rows = await listClientsByIds(db, ids.slice(offset, offset + limit));
  return { now, lines: await asLines(db, rows, now), matching: ids.length, counts };
}

function goesTo(
  { clientId, metadata }: { clientId: string; metadata: { redirect_uris: readonly string[] } | null },
  wanted: readonly RedirectWord[],
): boolean {
  if (!metadata) return false;
  const found = explainRedirects(metadata.redirect_uris, clientId);
  if (found.length === 0) return wanted.includes("none");
  return found.some((each) => (wanted as readonly string[]).includes(each.class));
}

async function asLines(db: Read, rows: readonly ListedClient[], now: Instant): Promise<ClientLine[]> {
  const [facts, open] = await Promise.all([
    listSnapshotFacts(
      db,
      rows.flatMap(({ client }) =>
        [
          client.liveSnapshotId ?? client.approvedSnapshotId ?? [],
          client.sync === "held" ? (client.approvedSnapshotId ?? []) : [],
        ].flat(),
      ),
    ),
    openRequestNumbers(
      db,
      rows.map(({ client }) => client.id),
    ),
  ]);
  return rows.map(({ client, owner }) => {
    const seen = facts.get(client.liveSnapshotId ?? client.approvedSnapshotId ?? "");
    return {
      id: client.id,
      name: visibleText(client.name, 80),
      clientId: client.clientId,
      lifecycle: client.lifecycle,
      expired: client.lifecycle === "approved" && client.validUntil !== null && client.validUntil <= now,
      validUntil: client.validUntil,
      sync: client.sync,
      heldBy: client.sync === "held" ? heldBy(client, facts) : null,
      failingSince: client.failingSince,
      owner,
      sponsor: client.sponsor,
      redirects: seen ? countRedirects(explainRedirects(seen.metadata.redirect_uris, client.clientId)) : null,
      keys: seen ? seen.keys.length : null,
      risk: client.riskTier,
      errors: seen?.errors ?? 0,
      lastFetchedAt: client.lastFetchedAt,
      openRequest: open.get(client.id) ?? null,
    };
  });
}

const memberWords: Readonly<Record<string, string>> = {
  redirect_uris: "redirects",
  token_endpoint_auth_method: "authentication",
  token_endpoint_auth_methods_supported: "authentication",
  jwks: "keys",
  jwks_uri: "keys",
  grant_types: "grants",
  client_name: "name",
  client_uri: "home page",
  logo_uri: "logo",
  software_id: "software",
};

/** The most serious thing that differs from what was approved, in a word. */
function heldBy(client: ListedClient["client"], facts: ReadonlyMap<string, SnapshotFacts>): string | null {
  const approved = facts.get(client.approvedSnapshotId ?? "");
  const live = facts.get(client.liveSnapshotId ?? "");
  if (!approved || !live) return null;
  const [before, after] = [approved, live].map(({ metadata, keys }) => ({
    documentText: JSON.stringify(membersOf(metadata)),
    keys,
    keySetSource: metadata.jwks === undefined ? (metadata.jwks_uri ?? null) : "inline",
  }));
  if (!before || !after) return null;
  const except = client.approvedExcept ?? [];
  const changes = compareSnapshots({ clientId: client.clientId, before, after, except });
  const first = changes.find(({ effect }) => effect === "growth") ?? changes[0];
  return first ? (memberWords[memberOf(first)] ?? visibleText(memberOf(first), 40)) : null;
}

function segments(groups: readonly ClientGroup[]): ClientCounts {
  const sum = (wanted: (group: ClientGroup) => boolean) =>
    groups.filter(wanted).reduce((n, group) => n + group.clients, 0);
  return {
    all: sum(() => true),
    pending: sum((group) => group.lifecycle === "pending"),
    held: sum((group) => group.sync === "held"),
    unowned: sum((group) => !group.owned),
    suspended: sum((group) => group.lifecycle === "suspended"),
  };
}
