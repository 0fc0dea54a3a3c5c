/** What one URL serves. `body` is sent as JSON, `raw` as it is. */
export interface SandboxDocument {
  readonly url: string;
  readonly body?: unknown;
  readonly raw?: string;
  /** Lower-case names. A missing content-type is application/json; a missing etag is made from the bytes; an empty value sends no such header. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 200. */
  readonly status?: number;
}

/** How a URL misbehaves, until it is mended. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Answers in full after this long. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** Sends `bytes` of the body each `milliseconds`. */
  | { readonly kind: "drip"; readonly bytes: number; readonly milliseconds: number }
  /** 403 with an HTML page that wants a browser: what vendors answer to data centres. */
  | { readonly kind: "challenge" }
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** Content-Encoding: gzip, asked for or not. */
  | { readonly kind: "gzip" }
  /** The document, padded with blanks to `bytes`; `declared: false` leaves Content-Length out. */
  | { readonly kind: "oversized"; readonly bytes: number; readonly declared?: boolean }
  /** The connection is reset instead of an answer. */
  | { readonly kind: "reset" };

/** How the TLS of a whole host misbehaves. */
export type CertificateFault = "wrong_name" | "expired" | "untrusted";

/** One request that reached the sandbox, in order of arrival. */
export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The status answered; 0 where the connection was reset. */
  readonly status: number;
}
