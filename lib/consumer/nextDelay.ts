import type { Refreshed } from "./listSync.ts";

/** One turn of the poll loop, ended. Durations in milliseconds. */
export interface PollTurn {
  readonly refreshed: Refreshed;
  /** How long a 304 was asked to be held; 0 without a long poll. */
  readonly asked: number;
  readonly elapsed: number;
  /** Whether the next poll can be held: only then is there no reason to wait before it. */
  readonly canHold: boolean;
  /** The head's poll hint. */
  readonly ttl: number;
  /** Turns in a row that failed, this one included. */
  readonly failures: number;
}

const mostBackOff = 5 * 60 * 1000;
const patientFailures = 5;

/**
 * Milliseconds until the next poll. A long poll that was held, or brought a head, is asked again at once; one
 * that came back sooner than asked met something that ignores `Prefer`, and sleeps `ttl`. The first plain answer goes
 * over into a long poll at once: a deny must not wait for it. Failures back off; the first few keep to the publisher's
 * Retry-After, which knows when a first release will be there.
 * `random` gives 0 … 1 and spreads consumers by ±20 %.
 */
export function nextDelay(turn: PollTurn, random: () => number): number {
  const jitter = 0.8 + 0.4 * random();
  const { refreshed, asked, elapsed, ttl, canHold } = turn;
  const soon = 250 * random();
  switch (refreshed.outcome) {
    case "aborted":
      return 0;
    case "activated":
      return canHold ? soon : ttl * jitter;
    case "unchanged":
      return canHold && (asked === 0 || elapsed >= asked * 0.8) ? soon : ttl * jitter;
    case "failed":
    case "refused":
    case "partial": {
      const backOff = Math.min(ttl * 2 ** Math.min(turn.failures - 1, 20), mostBackOff) * jitter;
      if (refreshed.retryAfter === undefined) return backOff;
      // It is not signed, and whoever answers can write it: it may not hold up a revocation for long.
      const retryAfter = Math.min(refreshed.retryAfter, mostBackOff);
      return turn.failures <= patientFailures
        ? retryAfter * (1 + 0.2 * random())
        : Math.max(backOff, retryAfter);
    }
  }
}
