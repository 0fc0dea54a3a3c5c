import { compileEntry } from "#lib/core/allowlist/compileEntry.ts";
import { keepDenies } from "#lib/core/allowlist/keepDenies.ts";
import { entryBytes, entryMaxBytes } from "#lib/core/allowlist/trieNode.ts";
import type { AllowlistEntry, HeadDeny } from "#lib/core/allowlist/wire.ts";
import { second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
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
  const resources = new Set(
    (await findAll(db, "resource", { audienceId: audience.id })).map((resource) => resource.uri),
  );
  const grantsOf = Map.groupBy(await findAll(db, "grant"), (grant) => grant.clientRowId);
  const snapshots = new Map((await findAll(db, "snapshot")).map((snapshot) => [snapshot.id, snapshot]));
  const entries = new Map<string, AllowlistEntry>();
  const denies: HeadDeny[] = [];
  const emptied: { client: Row<"client">; sentence: string }[] = [];
  for (const client of await findAll(db, "client")) {
    const grants = (grantsOf.get(client.id) ?? []).filter((grant) => resources.has(grant.resource));
    const approved = client.approvedSnapshotId ? snapshots.get(client.approvedSnapshotId) : undefined;
    const refused = client.lifecycle === "blocked";
    if (!refused && (!approved || grants.length === 0)) continue;
    const live = client.liveSnapshotId ? snapshots.get(client.liveSnapshotId) : undefined;
    const compiled = compileEntry({
      clientId: client.clientId,
      lifecycle: client.lifecycle,
      approved: approved?.metadata ?? neverUsed,
      approvedJkts: thumbprints(approved),
      approvedDocSha256s: approved ? [approved.rawDigest] : [],
      live: live?.metadata,
      liveJkts: live && thumbprints(live),
      grants: grants.map(({ resource, scopes }) => ({ resource, scopes: [...scopes] })),
      validUntil: client.validUntil ?? undefined,
      ref: client.approvedRequestId ?? undefined,
      selfApproved: client.selfApproved,
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

function thumbprints(snapshot: Row<"snapshot"> | undefined): string[] {
  return snapshot?.keys.flatMap((key) => (key.jkt ? [key.jkt] : [])) ?? [];
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
