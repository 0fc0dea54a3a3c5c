import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listAudienceResources } from "#lib/db/queries/listAudienceResources.ts";
import { listClientRequests } from "#lib/db/queries/listClientRequests.ts";
import { findAll } from "#lib/db/rows.ts";
import type { RequestKind, RequestState } from "#lib/db/schema.ts";

export interface GrantLine {
  readonly resource: string;
  /** Null when no authorization server has this resource any more: the grant then has no effect. */
  readonly name: string | null;
  readonly scopes: readonly { name: string; sensitive: boolean }[];
  readonly audiences: readonly { slug: string; name: string }[];
  readonly request: number | null;
  readonly since: Instant;
}

export interface RequestLine {
  readonly number: number;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly reason: string;
  readonly requestedAt: Instant;
  readonly decidedAt: Instant | null;
}

/** What a client was approved for, where that counts, and every request about it. */
export async function clientAccess(
  db: Read,
  id: string,
): Promise<{ grants: readonly GrantLine[]; requests: readonly RequestLine[] }> {
  const [grants, requests, known] = await Promise.all([
    findAll(db, "grant", { clientRowId: id }),
    listClientRequests(db, id),
    listAudienceResources(db),
  ]);
  const lines = grants.map((grant): GrantLine => {
    // A server that took the resource on after the approval does not list the client for it (compileList).
    const homes = known.filter(
      ({ resource }) => resource.uri === grant.resource && resource.createdAt <= grant.createdAt,
    );
    const sensitive = new Set(homes.flatMap(({ resource }) => resource.sensitiveScopes));
    return {
      resource: grant.resource,
      name: homes[0]?.resource.name ?? null,
      scopes: grant.scopes.map((name) => ({ name, sensitive: sensitive.has(name) })),
      audiences: homes.map(({ audience }) => ({ slug: audience.slug, name: audience.name })),
      request: requests.find((request) => request.id === grant.requestId)?.number ?? null,
      since: grant.createdAt,
    };
  });
  return {
    grants: lines.sort((a, b) => (a.resource < b.resource ? -1 : 1)),
    requests: requests.map(({ number, kind, state, reason, requestedAt, decidedAt }) => ({
      number,
      kind,
      state,
      reason,
      requestedAt,
      decidedAt,
    })),
  };
}
