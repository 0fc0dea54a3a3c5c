/** The allowlist's wire format, version 1. Shared as types with the consumer; see docs/allowlist.md. */

export const headTyp = "cimd-allowlist+jwt";
export const headMediaType = "application/cimd-allowlist+jwt";
export const objectMediaType = "application/cimd-allowlist-node+json";

export interface HeadDeny {
  client_id?: string;
  host?: string;
  jkt?: string;
  /** Seconds since the epoch. */
  at: number;
  reason: string;
}

/** Claims of a head. Times in seconds since the epoch. */
export interface HeadClaims {
  iss: string;
  sub: string;
  iat: number;
  exp: number;
  v: 1;
  epoch: number;
  seq: number;
  rev: number;
  prev?: string;
  ttl: number;
  root: string;
  count: number;
  deny: HeadDeny[];
  /** Name of the object with the namespaces; consulted only when the client itself is not listed. */
  ns?: string;
  /** Version of the newest root-signed key set: a hint to read it. */
  keys_version?: number;
  /** The log's checkpoint when the head was made. */
  log?: LogCheckpoint;
}

export interface LogCheckpoint {
  origin: string;
  size: number;
  /** Lower-case hex. */
  root: string;
}

export interface RedirectEntry {
  uri: string;
  match: "exact" | "loopback_any_port";
}

export interface GrantEntry {
  resource: string;
  scopes: string[];
}

/** One client in a list. An unknown `status`, `match` or `on_doc_mismatch` is a deny. */
export interface AllowlistEntry {
  status: "allow" | "deny";
  /** Deny only: why, in a word the consumer may log. */
  reason?: string;
  redirect_uris?: RedirectEntry[];
  token_endpoint_auth_method?: string;
  jkts?: string[];
  grant_types?: string[];
  grants?: GrantEntry[];
  doc_sha256?: string[];
  on_doc_mismatch?: "use_entry" | "deny";
  /** Seconds since the epoch after which the entry is a deny. */
  exp?: number;
  /** Seconds: usable only while now − head.iat ≤ max_stale. */
  max_stale?: number;
  ref?: string;
  /** Present and true when the person who asked also approved (single-reviewer installations). */
  self_approved?: true;
}

export interface BranchObject {
  v: 1;
  salt?: string;
  children: Record<string, string>;
}

export interface LeafObject {
  v: 1;
  salt?: string;
  entries: Record<string, AllowlistEntry>;
}

/** One namespace in the object that `ns` names: what a client under the pattern may have at most. */
export interface NamespaceEntry {
  /** Literal scheme and host; `*` is exactly one whole path segment. */
  pattern: string;
  status: "allow" | "deny";
  reason?: string;
  /** Hosts of https redirects, with a port when it is not the default. */
  redirect_hosts?: string[];
  /** Whether loopback redirects are admitted. */
  loopback?: boolean;
  token_endpoint_auth_methods?: string[];
  /** Host of `jwks_uri`; absent: none may be named. */
  jwks_host?: string;
  grant_types?: string[];
  grants?: GrantEntry[];
  exp?: number;
  max_stale?: number;
  ref?: string;
}

export interface NamespacesObject {
  v: 1;
  salt?: string;
  /** Most specific first: more literal segments, then by code unit. */
  namespaces: NamespaceEntry[];
}

export const keySetTyp = "cimd-allowlist-keys+jwt";
export const keySetMediaType = "application/cimd-allowlist-keys+jwt";

/** Claims of a root-signed key set (level 2). Times in seconds. */
export interface KeySetClaims {
  iss: string;
  /** `{iss}/v1/keys`. */
  sub: string;
  iat: number;
  exp: number;
  version: number;
  epoch: number;
  /** Public keys of which one must sign the next version. */
  roots: PublicJwk[];
  keys: (PublicJwk & { state: "next" | "active" | "retiring" })[];
  revoked: { kid: string; at: number; reason: string }[];
}

export interface PublicJwk {
  kty: string;
  kid: string;
  alg: string;
  crv?: string;
  x?: string;
  y?: string;
  use?: string;
}

/** Body of `POST /v1/consumers/{id}/sightings`: what was asked since the last one, added up. */
export interface SightingsReport {
  list: string;
  instance: string;
  /** Random per body: a body that comes twice counts once. */
  batch: string;
  from: number;
  to: number;
  sightings: SightingLine[];
  /** How many questions were left out because too many different ones were asked. */
  dropped: number;
}

export interface SightingLine {
  client_id: string;
  shape: {
    redirect_uri?: string;
    token_endpoint_auth_method?: string;
    grant_type?: string;
    resource?: string[];
    scopes?: string[];
    jkt?: string | null;
    document_sha256?: string;
  };
  allowed: number;
  refused: number;
  /** Codes of refusals with their counts. */
  outcomes: Record<string, number>;
  first_at: number;
  last_at: number;
}

/** Answer of `PUT /v1/consumers/{id}/status`: the second channel that reveals a frozen path. */
export interface LatestHead {
  epoch: number;
  seq: number;
  rev: number;
  digest: string;
}

export interface StatusReport {
  list: string;
  instance: string;
  /** `head` is the compact string whose digest this is: the proof that it was signed, and by whom. */
  active: (LatestHead & { activated_at: number; head?: string }) | null;
  checked_at: number;
  mode: "lazy" | "mirror";
  enforcement: "enforce" | "report_only";
  error: { code: string; detail: string; since: number } | null;
  client: string;
}
