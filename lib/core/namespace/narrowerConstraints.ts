import type { GrantEntry } from "#lib/core/allowlist/wire.ts";
import type { NamespaceConstraints } from "./Namespace.ts";

/** What both allow: of a change, the part that needs nobody's approval and acts at once. */
export function narrowerConstraints(
  current: NamespaceConstraints,
  next: NamespaceConstraints,
): NamespaceConstraints {
  const common = (a: readonly string[], b: readonly string[]) => a.filter((each) => b.includes(each));
  const { keyHost } = current;
  return {
    redirectHosts: common(current.redirectHosts, next.redirectHosts),
    loopback: current.loopback && next.loopback,
    methods: common(current.methods, next.methods),
    ...(keyHost !== undefined && keyHost === next.keyHost ? { keyHost } : {}),
    grantTypes: common(current.grantTypes, next.grantTypes),
    grants: current.grants.flatMap(({ resource, scopes }) => commonGrant(resource, scopes, next.grants)),
    mostChildren: Math.min(current.mostChildren, next.mostChildren),
  };
}

/** A grant that had scopes and keeps none is gone; one without scopes is access to the resource alone. */
function commonGrant(
  resource: string,
  scopes: readonly string[],
  others: readonly GrantEntry[],
): GrantEntry[] {
  const other = others.find((each) => each.resource === resource);
  if (!other) return [];
  const kept = scopes.filter((scope) => other.scopes.includes(scope));
  return kept.length === 0 && scopes.length > 0 && other.scopes.length > 0
    ? []
    : [{ resource, scopes: kept }];
}

/** Whether the two allow the same. Lists are sorted when they are entered, so order says nothing. */
export function sameConstraints(a: NamespaceConstraints, b: NamespaceConstraints): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

/** Whether everything `next` allows is allowed already. */
export function isNarrower(next: NamespaceConstraints, current: NamespaceConstraints): boolean {
  return sameConstraints(narrowerConstraints(current, next), next);
}

function ordered(c: NamespaceConstraints): unknown[] {
  const grants = c.grants
    .map(({ resource, scopes }) => [resource, [...scopes].sort()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    [...c.redirectHosts].sort(),
    c.loopback,
    [...c.methods].sort(),
    c.keyHost ?? null,
    [...c.grantTypes].sort(),
    grants,
    c.mostChildren,
  ];
}
