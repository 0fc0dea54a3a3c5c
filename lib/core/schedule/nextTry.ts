import { day, minute, second, type Instant } from "../Instant.ts";
import { backOff } from "./backOff.ts";
import { visitJitter } from "./nextVisit.ts";
import { share } from "./share.ts";

/** No failure is followed by a try sooner than this. */
export const tryFloor = minute;

/**
 * When to look next after `failures` failures in a row: at any moment of the back-off's step (full jitter), and not
 * before the host asked. Where it asked, a little after: a maintenance that ends at six must not be met by everybody at six.
 * Never before a minute, never after 6 hours or, when the host asked for more, after what it asked and 5 %.
 * @param retryAfter milliseconds, from Retry-After (RFC 9110 §10.2.3); clamped to 1 s … 24 h
 */
export function nextTry(clientId: string, failures: number, now: Instant, retryAfter?: number): Instant {
  const chance = share(clientId, "try", failures);
  const asked = retryAfter === undefined ? 0 : clampRetryAfter(retryAfter) * (1 + visitJitter * chance);
  return now + Math.round(Math.max(tryFloor, backOff(failures) * chance, asked));
}

/** What a host may ask for, in milliseconds: from 1 s to 24 h. What is not a number asks for the least. */
export function clampRetryAfter(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, second) || second, day);
}
