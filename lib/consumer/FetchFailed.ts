/** How a fetch from the publisher failed. None of them ever means an empty list. */
export type FetchFailure =
  | "network"
  | "timeout"
  | "aborted"
  | "redirect"
  | "too_large"
  | "unauthorized"
  | "not_found"
  | "gone"
  | "rate_limited"
  | "not_published"
  | "http_status"
  | "tampered"
  | "malformed";

/** The publisher, or something on the way to it, did not give what was asked for. */
export class FetchFailed extends Error {
  readonly code: FetchFailure;
  /** Milliseconds, from Retry-After. */
  readonly retryAfter: number | undefined;

  constructor(code: FetchFailure, sentence: string, retryAfter?: number) {
    super(sentence);
    this.name = "FetchFailed";
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
