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
  active: (LatestHead & { activated_at: number }) | null;
  checked_at: number;
  mode: "lazy" | "mirror";
  enforcement: "enforce" | "report_only";
  error: { code: string; detail: string; since: number } | null;
  client: string;
}
