import type { AllowlistEntry, NamespaceEntry } from "./wire.ts";

/** What an authorization server asks. Only what is given is checked; give everything that is known. */
export interface Question {
  /** Exactly as received, never normalised. */
  readonly client_id: string;
  readonly redirect_uri?: string;
  /**
   * Thumbprint (RFC 7638) of the key that verified the client assertion. Give it at the token endpoint; null
   * says that the client authenticated without a key. Absent: no authentication happened in this request.
   */
  readonly jkt?: string | null;
  readonly token_endpoint_auth_method?: string;
  readonly grant_type?: string;
  readonly resource?: string | readonly string[];
  /** Space-separated, as in a request; or `scopes`. */
  readonly scope?: string;
  readonly scopes?: readonly string[];
  /** base64url SHA-256 of the bytes of the document the server fetched. */
  readonly document_sha256?: string;
  /** The parsed document the server fetched: it may only narrow the entry. */
  readonly document?: Readonly<Record<string, unknown>>;
}

export type DenyCode =
  | "no_list"
  | "head_expired"
  | "epoch_ended"
  | "key_revoked"
  | "key_withdrawn"
  | "denied"
  | "unavailable"
  | "not_listed"
  | "entry_denies"
  | "unknown_value"
  | "expired"
  | "stale"
  | "redirect_not_approved"
  | "auth_method_mismatch"
  | "key_not_approved"
  | "key_host_not_approved"
  | "grant_type_not_approved"
  | "resource_not_approved"
  | "scope_not_approved"
  | "document_mismatch";

/** One thing that speaks against a question. */
export type Reason = readonly [code: DenyCode, sentence: string];

export interface Decision {
  readonly decision: "allow" | "deny";
  /** In report-only mode: what would have been decided. Absent when enforcing. */
  readonly would?: "allow" | "deny";
  /** Empty for an allow. */
  readonly reasons: readonly DenyCode[];
  /** For the log, never for the client's user. */
  readonly sentence: string;
  /** The head decided by; null when there is none. */
  readonly seq: number | null;
  /** The client's entry, when it was found: for narrowing what the server registers. */
  readonly entry?: AllowlistEntry;
  /** The namespace that decided about a client which has no entry of its own. */
  readonly namespace?: NamespaceEntry;
}
