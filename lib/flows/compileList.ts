import { compileEntry } from "#lib/core/allowlist/compileEntry.ts";
import { keepDenies } from "#lib/core/allowlist/keepDenies.ts";
import { entryBytes, entryMaxBytes } from "#lib/core/allowlist/trieNode.ts";
import { unsafeSentence } from "#lib/core/allowlist/unsafeSentence.ts";
import type { AllowlistEntry, GrantEntry, HeadDeny } from "#lib/core/allowlist/wire.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import { canSign } from "#lib/core/drift/placedKeys.ts";
import { second } from "#lib/core/Instant.ts";
import { approvedFacts } from "#lib/core/review/approvedFacts.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { listCurrentSnapshots, type CurrentSnapshot } from "#lib/db/queries/listCurrentSnapshots.ts";
import { listLeakedKeys } from "#lib/db/queries/listLeakedKeys.ts";
import { findAll, type Row } from "#lib/db/rows.ts";

/** Everything a release of one audience will say, and the clients of which nothing usable is left. */
export interface CompiledList {
  readonly entries: ReadonlyMap<string, AllowlistEntry>;
  readonly deny: readonly HeadDeny[];
  readonly emptied: readonly { readonly client: Row<"client">; readonly sentence: string }[];
}

/** Compiles an audience's list from the inventory: approved ∩ live for every client that has a grant at one of its resources. */
export async function compileList(ctx: Context, db: Read, audience: Row<"audience">): Promise<CompiledList> {
  const now = ctx.clock();
  // Clients first: what they point at never changes, so nothing read after them can be missing.
  const clients = await findAll(db, "client");
  const resources = new Map(
    (await findAll(db, "resource", { audienceId: audience.id })).map((resource) => [resource.uri, resource]),
  );
  const grantsOf = Map.groupBy(await findAll(db, "grant"), (grant) => grant.clientRowId);
  const snapshots = await listCurrentSnapshots(db);
  const leaked = Map.groupBy(await listLeakedKeys(db), ({ jkt }) => jkt);
  // Who else publishes a key with some private members beside it proves nothing: they may be invented.
  const isLeaked = (jkt: string, { id, domain }: Row<"client">) =>
    leaked.get(jkt)?.some((key) => key.clientRowId === id || key.domain === domain) ?? false;
  const entries = new Map<string, AllowlistEntry>();
  const denies: HeadDeny[] = [];
  const emptied: { client: Row<"client">; sentence: string }[] = [];
  for (const client of clients) {
    const known = (grantsOf.get(client.id) ?? []).filter((grant) => resources.has(grant.resource));
    const grants = known.flatMap((grant) => grantAt(resources.get(grant.resource), grant));
    const approved = accepted(snapshots.get(client.approvedSnapshotId ?? ""), client.approvedExcept);
    const refused = client.lifecycle === "blocked";
    if (!refused && (!approved || known.length === 0)) continue;
    if (client.lifecycle === "approved" && grants.length === 0) continue;
    const live = client.liveSnapshotId ? snapshots.get(client.liveSnapshotId) : undefined;
    const compiled = compileEntry({
      clientId: client.clientId,
      lifecycle: client.lifecycle,
      approved: approved?.metadata ?? neverUsed,
      approvedJkts: thumbprints(approved).filter((jkt) => !isLeaked(jkt, client)),
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
    if (compiled.suspend) emptied.push({ client, sentence: compiled.sentence });
    if (compiled.entry && entryBytes(client.clientId, compiled.entry) > entryMaxBytes) {
      // Not listed is refused; one client too many-worded to be listed must not stop the others' release.
      ctx.log.error({ audience: audience.slug, client: client.clientId }, "entry too large to be listed");
      continue;
    }
    if (compiled.entry) entries.set(client.clientId, compiled.entry);
    if (compiled.entry?.status === "deny") {
      const at = Math.floor(
        (compiled.reason === "expired" ? (client.validUntil ?? now) : client.lifecycleAt) / second,
      );
      denies.push({ client_id: client.clientId, at, reason: compiled.reason ?? "denied" });
    }
  }
  const lifetime = ctx.config.headLifetimeSeconds;
  const candidates = denies.map((deny) => ({ deny, approvedUntil: deny.at + lifetime }));
  const { deny, overflow } = keepDenies(candidates, now);
  if (overflow > 0)
    ctx.log.warn(
      { audience: audience.slug, overflow },
      "more denies than a head carries; the rest act through the entries",
    );
  return { entries, deny, emptied };
}

/**
 * A grant as it counts at a resource of one audience. Whoever approved it did not approve a server that took the resource
 * on later: there it counts from the next approval on. A scope that the resource has no more is granted no more.
 */
function grantAt(resource: Row<"resource"> | undefined, grant: Row<"grant">): GrantEntry[] {
  if (!resource || resource.createdAt > grant.createdAt) return [];
  const scopes = grant.scopes.filter((scope) => resource.scopes.includes(scope));
  return scopes.length === 0 && grant.scopes.length > 0 ? [] : [{ resource: grant.resource, scopes }];
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
