import type { GrantEntry, NamespaceEntry } from "#lib/core/allowlist/wire.ts";

/**
 * What both a list of today and an older one allow under patterns, in the form of `now`: never more than either. A pattern
 * that the older one does not allow in the same words is a deny, and so is whatever the older one names and today's does
 * not: left out, a broader pattern would take its clients over.
 */
export function intersectNamespaces(
  now: readonly NamespaceEntry[],
  held: readonly NamespaceEntry[],
): NamespaceEntry[] {
  const known = new Set(now.map(({ pattern }) => pattern));
  return [
    ...now.map((entry) =>
      intersect(
        entry,
        held.find(({ pattern }) => pattern === entry.pattern),
      ),
    ),
    ...held.flatMap(({ pattern }) => (known.has(pattern) ? [] : rolledBack(pattern))),
  ];
}

function intersect(now: NamespaceEntry, held: NamespaceEntry | undefined): NamespaceEntry {
  if (now.status !== "allow") return now;
  if (held?.status !== "allow") return rolledBack(now.pattern, now.ref);
  const { jwks_host: keyHost, exp: _, max_stale: __, ...rest } = now;
  const exp = least(now.exp, held.exp);
  const maxStale = least(now.max_stale, held.max_stale);
  const entry: NamespaceEntry = {
    ...rest,
    redirect_hosts: both(now.redirect_hosts, held.redirect_hosts),
    loopback: now.loopback === true && held.loopback === true,
    token_endpoint_auth_methods: both(now.token_endpoint_auth_methods, held.token_endpoint_auth_methods),
    ...(keyHost !== undefined && keyHost === held.jwks_host ? { jwks_host: keyHost } : {}),
    grant_types: both(now.grant_types, held.grant_types),
    grants: grantsOfBoth(now.grants ?? [], held.grants ?? []),
    ...(exp === undefined ? {} : { exp }),
    ...(maxStale === undefined ? {} : { max_stale: maxStale }),
  };
  return isUsable(entry) ? entry : rolledBack(now.pattern, now.ref);
}

/** Whether anybody can be admitted by it: what is empty admits nobody who says what they want. */
export function isUsable(entry: NamespaceEntry): boolean {
  const some = (values: readonly unknown[] | undefined) => (values?.length ?? 0) > 0;
  return some(entry.token_endpoint_auth_methods) && some(entry.grant_types) && some(entry.grants);
}

function rolledBack(pattern: string, ref?: string): NamespaceEntry {
  return { pattern, status: "deny", reason: "rolled_back", ...(ref === undefined ? {} : { ref }) };
}

function both(now: readonly string[] | undefined, held: readonly string[] | undefined): string[] {
  return (now ?? []).filter((each) => held?.includes(each));
}

/** A grant without scopes stands for the resource alone: one that loses all of its scopes is gone. */
function grantsOfBoth(now: readonly GrantEntry[], held: readonly GrantEntry[]): GrantEntry[] {
  return now.flatMap(({ resource, scopes }) => {
    const old = held.find((each) => each.resource === resource);
    if (!old) return [];
    const kept = scopes.filter((scope) => old.scopes.includes(scope));
    return kept.length === 0 && scopes.length > 0 ? [] : [{ resource, scopes: kept }];
  });
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
