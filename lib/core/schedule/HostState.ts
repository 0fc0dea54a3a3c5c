import type { Instant } from "../Instant.ts";
import { closedBreaker, type Breaker } from "./breaker.ts";

/** What is remembered of a host, or of a registrable domain, between visits. A domain has no breaker of its own. */
export interface HostState {
  /** Its bucket: see `take`. */
  readonly fullAt: Instant;
  /** The last turn given to a client that waits. */
  readonly queuedUntil: Instant;
  readonly breaker: Breaker;
}

export const restedHost: HostState = { fullAt: 0, queuedUntil: 0, breaker: closedBreaker };
