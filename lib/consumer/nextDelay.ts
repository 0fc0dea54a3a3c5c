import type { Refreshed } from "./listSync.ts";

/** One turn of the poll loop, ended. Durations in milliseconds. */
export interface PollTurn {
  readonly refreshed: Refreshed;
  /** How long a 304 was asked to be held; 0 without a long poll. */
  readonly asked: number;
  readonly elapsed: number;
  /** The head's poll hint. */
  readonly ttl: number;
  /** Turns in a row that failed, this one included. */
  readonly failures: number;
}

const mostBackOff = 5 * 60 * 1000;

/**
 * Milliseconds until the next poll. A long poll that was held, or brought a head, is asked again at once; one
 * that came back sooner than asked met something that ignores `Prefer`, and sleeps `ttl`. Failures back off.
 * `random` gives 0 … 1 and spreads consumers by ±20 %.
 */
export function nextDelay(turn: PollTurn, random: () => number): number {
  const jitter = 0.8 + 0.4 * random();
  const { refreshed, asked, elapsed, ttl } = turn;
  switch (refreshed.outcome) {
    case "aborted":
      return 0;
    case "activated":
      return asked > 0 ? 250 * random() : ttl * jitter;
    case "unchanged":
      return asked > 0 && elapsed >= asked * 0.8 ? 250 * random() : ttl * jitter;
    case "failed":
    case "refused":
    case "partial": {
      const backOff = Math.min(ttl * 2 ** Math.min(turn.failures - 1, 20), mostBackOff) * jitter;
      return Math.max(backOff, refreshed.retryAfter ?? 0);
    }
  }
}
