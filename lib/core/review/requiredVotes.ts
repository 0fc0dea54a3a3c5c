import type { RiskTier } from "../client.ts";

/**
 * How many people must approve, besides the one who asked (policy `process.votes-by-tier`). Growing trust takes two
 * people: where nobody asked (the system drafted the request, or a token sent it) two have to vote.
 */
export function requiredVotes(tier: RiskTier, askedByPerson: boolean): number {
  return !askedByPerson || tier === "high" || tier === "critical" ? 2 : 1;
}
