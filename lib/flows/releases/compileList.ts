import { compileEntry } from "#lib/core/allowlist/compileEntry.ts";
import { grantAt } from "#lib/core/allowlist/grantAt.ts";
import { fitsEntry } from "#lib/core/allowlist/trieNode.ts";
import { unsafeSentence } from "#lib/core/allowlist/unsafeSentence.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import { canSign } from "#lib/core/drift/placedKeys.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { approvedFacts } from "#lib/core/review/approvedFacts.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import {
  grantsOfClients,
  leakedAmong,
  pageOfListableClients,
  snapshotsByIds,
  type CurrentSnapshot,
  type LeakedKey,
} from "#lib/db/queries/listableClients.ts";
import { findAll, type Row } from "#lib/db/rows.ts";
import { heldHeads } from "./heldHeads.ts";
import { withinHeld } from "./withinHeld.ts";

const pageSize = 1_000;

/** What a list says of one client. */
export interface CompiledClient {
  readonly client: Row<"client">;
  /** Absent: it is not listed. */
  readonly entry?: AllowlistEntry;
  /** Since when it is refused by name. */
  readonly deniedAt?: Instant;
  /** Approved, but nothing usable is left of it: why. */
  readonly emptied?: string;
}

/** Everything that is known of one client, as far as a list depends on it. */
export interface ClientFacts {
  readonly client: Row<"client">;
  readonly grants: readonly Row<"grant">[];
  readonly approved?: CurrentSnapshot;
  readonly live?: CurrentSnapshot;
  /** Thumbprints of its keys whose private half became public where that counts for it. */
  readonly leaked: ReadonlySet<string>;
}

/** Compiles what an audience's list says of some clients: approved ∩ live for each that has a grant at one of its resources. */
export async function compileClients(
  ctx: Context,
  db: Read,
  audience: Row<"audience">,
  clients: readonly Row<"client">[],
): Promise<CompiledClient[]> {
  if (clients.length === 0) return [];
  // Clients first: what they point at never changes, so nothing read after them can be missing.
  const ids = clients.map(({ id }) => id);
  const pointed = new Set(
    clients.flatMap(({ approvedSnapshotId, liveSnapshotId }) =>
      [approvedSnapshotId ?? [], liveSnapshotId ?? []].flat(),
    ),
  );
  const [resourceRows, grants, snapshotRows] = await Promise.all([
    findAll(db, "resource", { audienceId: audience.id }),
    grantsOfClients(db, ids),
    snapshotsByIds(db, [...pointed]),
  ]);
  const resources = new Map(resourceRows.map((resource) => [resource.uri, resource]));
  const grantsOf = Map.groupBy(grants, (grant) => grant.clientRowId);
  const snapshots = new Map(snapshotRows.map((snapshot) => [snapshot.id, snapshot]));
  const published = new Set(snapshotRows.flatMap(thumbprints));
  const leaked = Map.groupBy(await leakedAmong(db, [...published]), ({ jkt }) => jkt);
  const compiled = clients.map((client) => {
    // Who else publishes a key with some private members beside it proves nothing: they may be invented.
    const counts = (key: LeakedKey) => key.clientRowId === client.id || key.domain === client.domain;
    const facts = {
      client,
      grants: grantsOf.get(client.id) ?? [],
      approved: snapshots.get(client.approvedSnapshotId ?? ""),
      live: snapshots.get(client.liveSnapshotId ?? ""),
      leaked: new Set([...leaked].flatMap(([jkt, keys]) => (keys.some(counts) ? [jkt] : []))),
    };
    return compileClientEntry(ctx, audience, resources, facts);
  });
  const held = await heldHeads(db, audience);
  if (held.length === 0) return compiled;
  return Promise.all(compiled.map((each) => withinHold(db, held, audience.heldAt ?? ctx.clock(), each)));
}

/** Compiles what an audience's list says of one client, whether or not the list is rolled back. */
export function compileClientEntry(
  ctx: Pick<Context, "clock" | "log">,
  audience: Row<"audience">,
  resources: ReadonlyMap<string, Row<"resource">>,
  { client, grants: all, approved: approvedSnapshot, live, leaked }: ClientFacts,
): CompiledClient {
  const now = ctx.clock();
  const known = all.filter((grant) => resources.has(grant.resource));
  const grants = known.flatMap((grant) => grantAt(resources.get(grant.resource), grant, grant.createdAt));
  const approved = accepted(approvedSnapshot, client.approvedExcept);
  if (client.lifecycle !== "blocked" && (!approved || known.length === 0)) return { client };
  if (client.lifecycle === "approved" && grants.length === 0) return { client };
  const compiled = compileEntry({
    clientId: client.clientId,
    lifecycle: client.lifecycle,
    approved: approved?.metadata ?? neverUsed,
    approvedJkts: thumbprints(approved).filter((jkt) => !leaked.has(jkt)),
    approvedDocSha256s: approved ? [approved.rawDigest] : [],
    live: live?.metadata,
    liveJkts: live && thumbprints(live),
    grants,
    validUntil: client.validUntil ?? undefined,
    ref: client.approvedRequestId ?? undefined,
    selfApproved: client.selfApproved,
    wasApproved: client.approvedSnapshotId !== null,
    unsafe: live && unsafeSentence(live.results),
    now,
  });
  const emptied = compiled.suspend ? { emptied: compiled.sentence } : {};
  if (!compiled.entry) return { client, ...emptied };
  if (!fitsEntry(client.clientId, compiled.entry)) {
    // Not listed is refused; one client too many-worded to be listed must not stop the others' release.
    ctx.log.error({ audience: audience.slug, client: client.clientId }, "entry too large to be listed");
    return { client, ...emptied };
  }
  if (compiled.entry.status !== "deny") return { client, entry: compiled.entry, ...emptied };
  const at = compiled.reason === "expired" ? (client.validUntil ?? now) : client.lifecycleAt;
  return { client, entry: compiled.entry, deniedAt: at, ...emptied };
}

/** What a rollback refuses is denied by name, so that a server which cannot load the new tree refuses it, too. */
async function withinHold(
  db: Read,
  held: readonly Row<"head">[],
  heldAt: Instant,
  compiled: CompiledClient,
): Promise<CompiledClient> {
  if (compiled.entry?.status !== "allow") return compiled;
  const entry = await withinHeld(db, held, compiled.client.clientId, compiled.entry);
  if (entry?.status === "allow") return { ...compiled, entry };
  return { ...compiled, entry: { status: "deny", reason: "rolled_back" }, deniedAt: heldAt };
}

/** Everything an audience's list says, compiled from the whole inventory, a thousand clients at a time. */
export async function* compileList(
  ctx: Context,
  db: Read,
  audience: Row<"audience">,
): AsyncGenerator<CompiledClient[]> {
  for (let after = ""; ;) {
    const clients = await pageOfListableClients(db, after, pageSize);
    const last = clients.at(-1);
    if (!last) return;
    yield await compileClients(ctx, db, audience, clients);
    after = last.id;
  }
}

/** What was accepted of an approved snapshot. */
function accepted(
  snapshot: CurrentSnapshot | undefined,
  except: readonly Exclusion[] | null,
): CurrentSnapshot | undefined {
  if (!snapshot || !except?.length) return snapshot;
  const { metadata, keys } = approvedFacts({ ...snapshot, members: membersOf(snapshot.metadata) }, except);
  return { ...snapshot, metadata, keys };
}

/** Of keys that sign: others need nobody's approval, so none of them may speak for the client when it turns into one that does. */
function thumbprints(snapshot: CurrentSnapshot | undefined): string[] {
  return snapshot?.keys.flatMap((key) => (key.jkt && canSign(key) ? [key.jkt] : [])) ?? [];
}

/** A blocked client needs no approval to be refused; compileEntry does not look at the rest of it. */
const neverUsed = {
  contacts: [],
  redirect_uris: [],
  grant_types: [],
  response_types: [],
  application_type: "web",
  scope: [],
  token_endpoint_auth_method: "none",
  token_endpoint_auth_methods_supported: [],
  other: {},
} as const;
