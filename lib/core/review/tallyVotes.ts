import type { RiskTier } from "../client.ts";
import type { Role } from "../role.ts";

export interface CountedVote {
  readonly personId: string;
  readonly verdict: "approve" | "deny";
  readonly digest: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
}

export interface Tally {
  readonly state: "open" | "approved" | "denied";
  /** Approving votes that count for the document as it is. */
  readonly approvals: number;
  readonly missing: number;
  /** Why enough votes are not enough yet, in words. */
  readonly obstacle?: string;
}

/**
 * Where the votes stand. Only votes on `digest` count; one deny decides; at least one approval must come from a
 * reviewer (an administrator alone can never approve) unless `solo`; the critical tier needs two teams.
 */
export function tallyVotes(
  votes: readonly CountedVote[],
  rule: { digest: string; required: number; tier: RiskTier; solo: boolean },
): Tally {
  const counted = votes.filter((vote) => vote.digest === rule.digest);
  const approving = counted.filter((vote) => vote.verdict === "approve");
  const approvals = approving.length;
  if (approvals < counted.length) return { state: "denied", approvals, missing: 0 };
  const required = rule.solo ? 1 : rule.required;
  if (approvals < required) return { state: "open", approvals, missing: required - approvals };
  if (rule.solo) return { state: "approved", approvals, missing: 0 };
  if (!approving.some((vote) => vote.role === "reviewer"))
    return {
      state: "open",
      approvals,
      missing: 1,
      obstacle: "An administrator alone cannot approve: a reviewer must vote too.",
    };
  if (rule.tier === "critical" && !fromTwoTeams(approving))
    return {
      state: "open",
      approvals,
      missing: 1,
      obstacle: "A critical client needs approvals from two teams.",
    };
  return { state: "approved", approvals, missing: 0 };
}

function fromTwoTeams(votes: readonly CountedVote[]): boolean {
  return votes.some((a) =>
    votes.some(
      (b) =>
        a.personId !== b.personId &&
        a.teamIds.length > 0 &&
        b.teamIds.some((team) => !a.teamIds.includes(team)),
    ),
  );
}
