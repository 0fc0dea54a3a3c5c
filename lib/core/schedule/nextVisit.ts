import type { RiskTier } from "../client.ts";
import type { Instant } from "../Instant.ts";
import { periods, stretchedPeriods, type PerTier } from "./periods.ts";
import { hash48 } from "./share.ts";

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
  const seed = hash48(clientId);
  const phase = seed % period;
  const at = (visit: number) =>
    visit * period + phase + Math.floor(mixed(seed, visit) * visitJitter * period);
  const earliest = now + visitFloor * period;
  const visit = Math.floor((earliest - phase) / period);
  const next = at(visit);
  const skipped = Math.max(0, Math.floor(Math.min(freshFor, stretched[tier]) / period) - 1);
  if (next >= earliest) return skipped === 0 ? next : at(visit + skipped);
  return at(visit + 1 + skipped);
}

/**
 * A share from 0 up to, never reaching, 1, that differs from visit to visit: an avalanche of 32 bits (the finaliser of
 * MurmurHash3), since one SHA-256 for each visit written is enough.
 */
function mixed(seed: number, visit: number): number {
  let bits = (seed ^ Math.floor(seed / 2 ** 32) ^ Math.imul(visit, 0x9e3779b9)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
