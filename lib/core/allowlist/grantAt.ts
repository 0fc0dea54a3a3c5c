import type { Grant } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { GrantEntry } from "./wire.ts";

/** A resource as one audience has it. */
export interface ResourceAt {
  readonly createdAt: Instant;
  readonly scopes: readonly string[];
  /** Since when it has the scopes that it did not have from the start. */
  readonly scopesSince: Readonly<Record<string, Instant>> | null;
}

/**
 * A grant as it counts at one audience. Whoever approved it did not approve a server that took the resource, or one of its
 * scopes, on later: there it counts from the next approval on. A scope that the resource has no more is granted no more.
 */
export function grantAt(
  resource: ResourceAt | undefined,
  { resource: uri, scopes }: Grant,
  approvedAt: Instant,
): GrantEntry[] {
  if (!resource || resource.createdAt > approvedAt) return [];
  const since = new Map(Object.entries(resource.scopesSince ?? {}));
  const counting = scopes.filter(
    (scope) => resource.scopes.includes(scope) && (since.get(scope) ?? 0) <= approvedAt,
  );
  return counting.length === 0 && scopes.length > 0 ? [] : [{ resource: uri, scopes: counting }];
}
