import type { AllowlistEntry, GrantEntry } from "./wire.ts";

/**
 * What both entries of one client allow, in the form of `now`: never more than either. A deny of today stays the deny it is;
 * whatever else leaves nothing usable is a deny that says why.
 */
export function intersectEntries(now: AllowlistEntry, held: AllowlistEntry): AllowlistEntry {
  if (now.status !== "allow") return now;
  const redirects = both(now.redirect_uris, held.redirect_uris, (each) => `${each.match} ${each.uri}`);
  const jkts = both(now.jkts, held.jkts, (each) => each);
  const grantTypes = both(now.grant_types, held.grant_types, (each) => each);
  const grants = grantsOfBoth(now.grants ?? [], held.grants ?? []);
  const nothing =
    held.status !== "allow" ||
    now.token_endpoint_auth_method !== held.token_endpoint_auth_method ||
    emptied(now.redirect_uris, redirects) ||
    // No key named is any key: where one of both names some, some must be left.
    emptied([...(now.jkts ?? []), ...(held.jkts ?? [])], jkts) ||
    emptied(now.grant_types, grantTypes) ||
    emptied(now.grants, grants);
  if (nothing) return { status: "deny", reason: "rolled_back" };
  const exp = least(now.exp, held.exp);
  const maxStale = least(now.max_stale, held.max_stale);
  return {
    ...now,
    ...(redirects ? { redirect_uris: redirects } : {}),
    ...(jkts ? { jkts } : {}),
    ...(grantTypes ? { grant_types: grantTypes } : {}),
    ...(now.grants ? { grants } : {}),
    ...(exp === undefined ? {} : { exp }),
    ...(maxStale === undefined ? {} : { max_stale: maxStale }),
  };
}

function both<T>(
  now: readonly T[] | undefined,
  held: readonly T[] | undefined,
  keyOf: (each: T) => string,
): T[] | undefined {
  const kept = new Set((held ?? []).map(keyOf));
  return now?.filter((each) => kept.has(keyOf(each)));
}

/** A grant without scopes stands for the resource alone: it is kept only where both have it so. */
function grantsOfBoth(now: readonly GrantEntry[], held: readonly GrantEntry[]): GrantEntry[] {
  return now.flatMap((grant) => {
    const old = held.find((each) => each.resource === grant.resource);
    if (!old) return [];
    const scopes = grant.scopes.filter((scope) => old.scopes.includes(scope));
    return scopes.length === 0 && grant.scopes.length > 0 ? [] : [{ resource: grant.resource, scopes }];
  });
}

function emptied(before: readonly unknown[] | undefined, after: readonly unknown[] | undefined): boolean {
  return (before?.length ?? 0) > 0 && (after?.length ?? 0) === 0;
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
