import { second, type Instant } from "../Instant.ts";

/** A token bucket, told by the moment at which it is full again: the one number to store. */
export interface Bucket {
  readonly fullAt: Instant;
}

export interface Budget {
  readonly perSecond: number;
  /** How many may go at once when the bucket is full. */
  readonly burst: number;
}

export const fullBucket: Bucket = { fullAt: 0 };
export const defaultBudget: Budget = { perSecond: 2, burst: 4 };

/**
 * Takes one token, or `amount` at once. `waitMs` 0: go now. Otherwise the token is the one that will be there at `now + waitMs`: go then,
 * without asking again. Who cannot wait that long drops the returned bucket, and nothing was taken.
 * Holds over any stretch of time: no more than `burst + perSecond × seconds` go.
 *
 * Needs stored, one bucket for every key of `budgetsOf`: `fullAt`, read and written in the transaction that leases the
 * client. A bucket whose `fullAt` has passed is a full one and may be forgotten.
 */
export function take(
  bucket: Bucket,
  now: Instant,
  { perSecond, burst }: Budget = defaultBudget,
  amount = 1,
): { bucket: Bucket; waitMs: number } {
  const interval = second / perSecond;
  const fullAt = Math.max(bucket.fullAt, now) + amount * interval;
  return { bucket: { fullAt }, waitMs: Math.max(0, fullAt - burst * interval - now) };
}
