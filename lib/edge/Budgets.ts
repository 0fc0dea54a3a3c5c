import { second, type Instant } from "#lib/core/Instant.ts";
import { fullBucket, take, type Bucket, type Budget } from "#lib/core/schedule/take.ts";

/** More than these are looked through for full ones. */
const many = 1_000;

/**
 * A budget for each of many, such as tokens: in memory, per process. Who has not asked for so long that the bucket is full
 * again is forgotten.
 */
export class Budgets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #budget: Budget;
  readonly #clock: () => Instant;
  #sweepAt = many;

  constructor(clock: () => Instant, budget: Budget) {
    this.#clock = clock;
    this.#budget = budget;
  }

  /** Takes `amount`. 0: it was there. Otherwise nothing was taken, and it will be there in so many whole seconds. */
  take(key: string, amount = 1): number {
    const now = this.#clock();
    const { bucket, waitMs } = take(this.#buckets.get(key) ?? fullBucket, now, this.#budget, amount);
    if (waitMs > 0) return Math.ceil(waitMs / second);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#sweepAt) this.#sweep(now);
    return 0;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #sweep(now: Instant): void {
    for (const [key, { fullAt }] of this.#buckets) if (fullAt <= now) this.#buckets.delete(key);
    this.#sweepAt = Math.max(many, 2 * this.#buckets.size);
  }
}
