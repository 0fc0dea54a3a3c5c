import { compileEntry } from "#lib/core/allowlist/compileEntry.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import { acceptedOf } from "#lib/core/review/reviewChange.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { findAll, type Row } from "#lib/db/rows.ts";

/** What a list would say once the request is approved. */
export interface WouldBe {
  readonly slug: string;
  readonly name: string;
  readonly entry: AllowlistEntry;
  /** Approved, but nothing usable would be left: the client would be suspended at once. */
  readonly emptied?: string;
  /** Number of the release that would say so first. */
  readonly release: number;
  /** Authorization servers that read the list. */
  readonly servers: number;
}

/** Compiles what every list would say of a client if the request were approved without `exclusions`. */
export async function wouldBeListed(
  db: Read,
  now: Instant,
  asked: {
    request: Row<"request">;
    client: Row<"client">;
    snapshot: Row<"snapshot">;
    exclusions: readonly Exclusion[];
  },
  known: readonly { audience: Row<"audience">; resource: Row<"resource"> }[],
): Promise<WouldBe[]> {
  const { request, client, snapshot, exclusions } = asked;
  const accepted = acceptedOf(snapshot, exclusions);
  const jkts = (keys: Row<"snapshot">["keys"]) => keys.flatMap(({ jkt }) => jkt ?? []);
  const audiences = new Map(known.map(({ audience }) => [audience.id, audience]));
  const lists: WouldBe[] = [];
  for (const audience of audiences.values()) {
    const grants = request.grants.flatMap((grant) => {
      const home = known.find(
        (each) => each.audience.id === audience.id && each.resource.uri === grant.resource,
      )?.resource;
      const scopes = grant.scopes.filter((scope) => home?.scopes.includes(scope));
      return !home || (scopes.length === 0 && grant.scopes.length > 0)
        ? []
        : [{ resource: grant.resource, scopes }];
    });
    if (grants.length === 0) continue;
    const compiled = compileEntry({
      clientId: client.clientId,
      lifecycle: "approved",
      approved: accepted.metadata,
      approvedJkts: jkts(accepted.keys),
      approvedDocSha256s: [snapshot.rawDigest],
      live: snapshot.metadata,
      liveJkts: jkts(snapshot.keys),
      grants,
      validUntil: now + request.validDays * day,
      now,
    });
    if (!compiled.entry) continue;
    lists.push({
      slug: audience.slug,
      name: audience.name,
      entry: compiled.entry,
      emptied: compiled.suspend ? compiled.sentence : undefined,
      release: ((await latestHead(db, audience.id))?.rev ?? 0) + 1,
      servers: (await findAll(db, "consumer", { audienceId: audience.id })).length,
    });
  }
  return lists;
}
