import { day, hour, type Instant, second } from "#lib/core/Instant.ts";

/** Tries of one delivery before it is given up. */
export const maxAttempts = 12;
const longest = 3 * day;

/**
 * When a delivery is tried again after `attempts` tries, the last one at `now`: 30 s later, doubling up to 6 h, and not
 * before the receiver's `retryAfter`. Undefined after twelve tries or three days: it has failed.
 */
export function nextSend(
  attempts: number,
  firstAt: Instant,
  now: Instant,
  retryAfter = 0,
): Instant | undefined {
  if (attempts >= maxAttempts) return undefined;
  const pause = Math.min(30 * second * 2 ** (attempts - 1), 6 * hour);
  const next = now + Math.max(pause, Math.min(retryAfter, day));
  return next - firstAt > longest ? undefined : next;
}
