import type { RiskTier } from "../client.ts";
import type { Instant } from "../Instant.ts";
import { periods, stretchedPeriods, type PerTier } from "./periods.ts";
import { hash48, share } from "./share.ts";

/** A visit comes at its phase or up to this share of the period later. */
export const visitJitter = 0.05;
/** No visit follows an earlier look sooner than this share of the period. */
export const visitFloor = 0.1;

export interface Patience {
  /** How long the answer may be reused by its own word, in milliseconds: see `freshFor`. */
  readonly freshFor?: number;
  /** How far that word may stretch the period: the operator's bounds. */
  readonly stretched?: PerTier;
}

/**
 * When to look next after a success. Visits have numbers: visit n is due n periods after the epoch, plus a phase that
 * the client_id decides (so that clients imported together do not come due together), plus a little jitter that differs
 * from visit to visit. A fresh answer skips whole visits, so that the phase stays; nothing makes a visit come sooner.
 * Never before a tenth of the tier's period, never after the stretched period and 15 % of the tier's.
 */
export function nextVisit(
  clientId: string,
  tier: RiskTier,
  now: Instant,
  { freshFor = 0, stretched = stretchedPeriods }: Patience = {},
): Instant {
  const period = periods[tier];
  const phase = hash48(clientId) % period;
  const at = (visit: number) =>
    visit * period + phase + Math.floor(share(clientId, visit) * visitJitter * period);
  const earliest = now + visitFloor * period;
  const visit = Math.floor((earliest - phase) / period);
  const next = at(visit);
  const skipped = Math.max(0, Math.floor(Math.min(freshFor, stretched[tier]) / period) - 1);
  if (next >= earliest) return skipped === 0 ? next : at(visit + skipped);
  return at(visit + 1 + skipped);
}
