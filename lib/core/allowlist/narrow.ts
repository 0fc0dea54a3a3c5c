import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { redirectMatches } from "#lib/core/redirect/redirectMatches.ts";
import type { GrantEntry } from "./wire.ts";

/** Why nothing usable is left of an approval once the live document is taken into account. */
export type SuspendReason =
  | "no_redirect_left"
  | "no_key_left"
  | "method_gone"
  | "no_grant_type_left"
  | "no_scope_left"
  | "unsafe_document";

export interface Approval {
  readonly approved: EffectiveMetadata;
  readonly approvedJkts: readonly string[];
  /** The latest document read; absent when it could not be read, and then the approved copy stands. */
  readonly live?: EffectiveMetadata;
  /** Absent when the key set could not be read, and then the approved keys stand. */
  readonly liveJkts?: readonly string[];
  readonly grants: readonly GrantEntry[];
}

/** What may be used: approved ∩ live. Lists are sorted by code unit, so that one approval has one entry. */
export interface Narrowed {
  readonly redirectUris: readonly string[];
  readonly method: string;
  readonly jkts: readonly string[];
  readonly grantTypes: readonly string[];
  readonly grants: readonly GrantEntry[];
}

const keyMethods = new Set(["private_key_jwt", "self_signed_tls_client_auth"]);
const redirectGrants = ["authorization_code", "implicit"];

/**
 * Effective = approved ∩ live. The document only ever takes away: redirects and keys are compared as exact
 * strings but for the port of a loopback redirect, which servers ignore (RFC 8252 §7.3), the approved method stands only while the live document still offers it, and a scope leaves a grant
 * when the approved document named it and the live one, naming scopes, no longer does.
 */
export function narrow(input: Approval): Narrowed | Exclude<SuspendReason, "unsafe_document"> {
  const { approved, live } = input;
  const method = approved.token_endpoint_auth_method;
  if (live && !offers(live, method)) return "method_gone";

  const grantTypes = both(approved.grant_types, live?.grant_types);
  if (grantTypes.length === 0) return "no_grant_type_left";

  const redirectUris = redirectsOf(approved.redirect_uris, live?.redirect_uris);
  if (redirectUris.length === 0 && redirectGrants.some((type) => grantTypes.includes(type)))
    return "no_redirect_left";

  const jkts = keyMethods.has(method) ? both(input.approvedJkts, input.liveJkts) : [];
  if (jkts.length === 0 && method === "private_key_jwt") return "no_key_left";

  const grants = narrowGrants(input);
  if (grants.length === 0 && input.grants.length > 0) return "no_scope_left";

  return { redirectUris, method, jkts, grantTypes, grants };
}

/** Whether a document still lets the client authenticate this way: by the singular or the plural member. */
function offers(document: EffectiveMetadata, method: string): boolean {
  return (
    document.token_endpoint_auth_method === method ||
    document.token_endpoint_auth_methods_supported.includes(method)
  );
}

function both(approved: readonly string[], live: readonly string[] | undefined): string[] {
  return [...new Set(approved)].filter((each) => !live || live.includes(each)).sort();
}

function redirectsOf(approved: readonly string[], live: readonly string[] | undefined): string[] {
  const lists = (uri: string) =>
    live?.some((each) => each === uri || redirectMatches(uri, each).match) ?? true;
  return [...new Set(approved)].filter(lists).sort();
}

/** Scopes that the approved document named and the live one, naming scopes, no longer does. */
export function lostScopes(
  approved: Pick<EffectiveMetadata, "scope">,
  live: Pick<EffectiveMetadata, "scope"> | undefined,
): ReadonlySet<string> {
  // A document without `scope` leaves scopes to the server's default (RFC 7591 §2): that takes nothing away.
  return new Set(
    live && live.scope.length > 0 ? approved.scope.filter((each) => !live.scope.includes(each)) : [],
  );
}

function narrowGrants({ approved, live, grants }: Approval): GrantEntry[] {
  const lost = lostScopes(approved, live);
  return grants
    .map(({ resource, scopes }) => ({
      resource,
      scopes: [...new Set(scopes)].filter((each) => !lost.has(each)).sort(),
      had: scopes.length,
    }))
    .filter((grant) => grant.scopes.length > 0 || grant.had === 0)
    .map(({ resource, scopes }) => ({ resource, scopes }))
    .sort((a, b) => (a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : 0));
}
