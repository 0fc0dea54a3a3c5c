import { second, type Instant } from "#lib/core/Instant.ts";

/** Whoever was passed by waits this long at most. */
const wholeEvery = 10 * second;

/**
 * Where a worker goes on looking for clients that are due. What lies before was claimed a moment ago; PostgreSQL would
 * step over each old version of it until it is vacuumed. Whoever is left behind there (an outcome that was dropped,
 * another worker that died, a clock that is behind) is found by looking from the beginning, every few seconds and before
 * anybody believes that nothing is due.
 */
export interface DueCursor {
  /** From which moment to look now. 0 is the beginning. */
  next(now: Instant): Instant;
  /** The last moment that was found; undefined when nothing was. */
  found(last: Instant | undefined): void;
}

export function dueCursor(): DueCursor {
  let from = 0;
  let wholeAt = Number.NEGATIVE_INFINITY;
  return {
    next(now) {
      if (from !== 0 && now - wholeAt < wholeEvery) return from;
      wholeAt = now;
      return 0;
    },
    found(last) {
      from = last ?? 0;
    },
  };
}
