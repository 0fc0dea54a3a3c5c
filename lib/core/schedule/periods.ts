import type { RiskTier } from "../client.ts";
import { hour, minute } from "../Instant.ts";

/** A length of time for each risk tier, in milliseconds. */
export type PerTier = Readonly<Record<RiskTier, number>>;

/** How often a document is fetched. */
export const periods: PerTier = {
  critical: 15 * minute,
  high: hour,
  medium: 6 * hour,
  low: 24 * hour,
};

/**
 * How far `Cache-Control: max-age` may stretch the period when the operator says nothing else: whoever could do harm
 * is never looked at less often because it asked for that, and nobody less than daily.
 */
export const stretchedPeriods: PerTier = { ...periods, medium: 12 * hour };

/** The same with a bound of the operator's, in milliseconds: for medium and low clients, and never below their period. */
export function stretchedTo(bound: number): PerTier {
  return { ...periods, medium: Math.max(periods.medium, bound), low: Math.max(periods.low, bound) };
}
