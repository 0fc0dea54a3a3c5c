import type { RiskTier } from "../client.ts";
import type { Role } from "../role.ts";

/** Who asked, as they are now. */
export interface Asker {
  readonly active: boolean;
  readonly role: Role;
}

/**
 * How many people must approve, besides the one who asked (policy `process.votes-by-tier`). Growing trust takes two
 * people: where nobody asked (the system drafted the request, or a token sent it), or who did has left or may not ask
 * any more, two have to vote.
 */
export function requiredVotes(tier: RiskTier, asker: Asker | undefined): number {
  const stands = asker !== undefined && asker.active && asker.role !== "auditor";
  return !stands || tier === "high" || tier === "critical" ? 2 : 1;
}
