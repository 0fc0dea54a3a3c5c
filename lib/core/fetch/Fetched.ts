/** How a fetch ended. A closed list: outcomes are data, not exceptions. */
export type FetchOutcome =
  | "ok"
  | "not_modified"
  | "challenged"
  | "redirect"
  | "not_found"
  | "client_error"
  | "server_error"
  | "rate_limited"
  | "timeout"
  | "dns_error"
  | "connect_error"
  | "tls_error"
  | "refused_address"
  | "refused_url"
  | "too_large"
  | "bad_encoding"
  | "protocol_error";

export type FetchKind = "document" | "jwks" | "metadata";

/** What TLS showed, kept as evidence. */
export interface TlsFacts {
  readonly protocol: string;
  /** SHA-256 of the leaf certificate, lower-case hex. */
  readonly certificateSha256: string;
  readonly issuer: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** One guarded fetch, ended. `sentence` says in plain words what happened and, for a failure, what to do. */
export interface Fetched {
  readonly url: string;
  readonly kind: FetchKind;
  readonly outcome: FetchOutcome;
  readonly sentence: string;
  /** HTTP status, absent when no answer came. */
  readonly status?: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; present for `ok` only. */
  readonly body?: Uint8Array;
  /** Body bytes read. */
  readonly bytes: number;
  /** The address connected to. */
  readonly address?: string;
  readonly tls?: TlsFacts;
  /** Target of a redirect: recorded, never followed. */
  readonly location?: string;
  /** From Retry-After, milliseconds, clamped to 1 s … 24 h. */
  readonly retryAfter?: number;
  readonly milliseconds: number;
}

/** Validators of the last good answer, for a conditional request. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}
