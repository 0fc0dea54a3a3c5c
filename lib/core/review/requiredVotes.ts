import type { RiskTier } from "../client.ts";

/** How many people other than the requester must approve (policy `process.votes-by-tier`). */
export function requiredVotes(tier: RiskTier): number {
  return tier === "high" || tier === "critical" ? 2 : 1;
}
