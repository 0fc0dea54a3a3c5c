import type { Lifecycle } from "#lib/core/client.ts";

/** Whether time matters to a client: it is trusted, was until just now, or is about to be. */
export function isTrusted(lifecycle: Lifecycle): boolean {
  return lifecycle === "approved" || lifecycle === "suspended" || lifecycle === "pending";
}
