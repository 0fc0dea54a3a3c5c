import { hour, minute, type Instant } from "../Instant.ts";
import type { RiskTier } from "../client.ts";
import { sha256Hex } from "../sha256.ts";

/** How often a document is fetched, by risk tier. */
export const periods: Record<RiskTier, number> = {
  critical: 15 * minute,
  high: hour,
  medium: 6 * hour,
  low: 24 * hour,
};

/** A client is unreachable only after this many failures in a row that span at least `unreachableSpan`. */
export const unreachableFailures = 3;
export const unreachableSpan = 30 * minute;

/**
 * When to look next after a success: one period on, at a phase that the client_id decides, so that clients imported
 * together do not come due together.
 */
export function nextVisit(clientId: string, tier: RiskTier, now: Instant): Instant {
  const period = periods[tier];
  const phase = Number.parseInt(sha256Hex(clientId).slice(0, 12), 16) % period;
  const next = Math.floor((now - phase) / period + 1) * period + phase;
  return next - now < period / 10 ? next + period : next;
}

/**
 * When to look next after `failures` failures in a row: doubling from 5 minutes to 6 hours with full jitter, and not
 * before the host asked (Retry-After).
 * @param jitter from 0 up to 1
 */
export function nextTry(failures: number, now: Instant, jitter: number, retryAfter = 0): Instant {
  const ceiling = Math.min(5 * minute * 2 ** (failures - 1), 6 * hour);
  return now + Math.max(minute, Math.round(ceiling * jitter), retryAfter);
}
