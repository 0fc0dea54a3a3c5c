import type { FetchOutcome } from "../fetch/Fetched.ts";

const ofHost: ReadonlySet<FetchOutcome> = new Set([
  "timeout",
  "dns_error",
  "connect_error",
  "tls_error",
  "server_error",
  "rate_limited",
  "protocol_error",
]);

/**
 * Whether an outcome is a failure of the host rather than of one document on it: what counts for its circuit breaker.
 * A bot challenge does not: it may stand before some paths only, and every client shows it at once.
 */
export function speaksOfHost(outcome: FetchOutcome): boolean {
  return ofHost.has(outcome);
}
