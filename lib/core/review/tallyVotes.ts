import type { RiskTier } from "../client.ts";
import type { Role } from "../role.ts";
import { type LeftOut, sameSelection } from "./selection.ts";

export interface CountedVote {
  readonly personId: string;
  /** For people, where votes stand apart. */
  readonly name?: string;
  readonly verdict: "approve" | "deny";
  readonly digest: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
  /** What of the change the person does not accept. */
  readonly excluded?: readonly LeftOut[] | null;
}

export interface Tally {
  readonly state: "open" | "approved" | "denied";
  /** Approving votes for the same selection that count for the document as it is. */
  readonly approvals: number;
  readonly missing: number;
  /** What those votes leave out. */
  readonly excluded: readonly LeftOut[];
  /** Why enough votes are not enough yet, in words. */
  readonly obstacle?: string;
}

interface TallyRule {
  readonly digest: string;
  readonly required: number;
  readonly tier: RiskTier;
  readonly solo: boolean;
  /** Whose selection is looked at first; otherwise the one most people share. */
  readonly personId?: string;
}

/**
 * Where the votes stand. Only votes on `digest` count; one deny decides; approvals count together when they leave out
 * the same; at least one of them must come from a reviewer (an administrator alone can never approve) unless `solo`;
 * the critical tier needs two teams.
 */
export function tallyVotes(votes: readonly CountedVote[], rule: TallyRule): Tally {
  const counted = votes.filter((vote) => vote.digest === rule.digest);
  const groups = bySelection(counted.filter((vote) => vote.verdict === "approve"));
  const leading =
    groups.find((group) => group.some(({ personId }) => personId === rule.personId)) ??
    groups.toSorted((a, b) => b.length - a.length)[0] ??
    [];
  if (counted.some((vote) => vote.verdict === "deny"))
    return { state: "denied", approvals: leading.length, missing: 0, excluded: [] };
  const tallies = [leading, ...groups.filter((group) => group !== leading)].map((group) =>
    tallyGroup(group, rule),
  );
  const [first = tallyGroup([], rule)] = tallies;
  const decided = tallies.find(({ state }) => state === "approved");
  if (decided) return decided;
  const apart = groups.filter((group) => group !== leading).flat();
  return apart.length === 0 || first.obstacle
    ? first
    : {
        ...first,
        obstacle: `${named(apart)} accepted another selection, and only votes for the same one count together.`,
      };
}

function tallyGroup(group: readonly CountedVote[], rule: TallyRule): Tally {
  const approvals = group.length;
  const excluded = group[0]?.excluded ?? [];
  const required = rule.solo ? 1 : rule.required;
  if (approvals < required) return { state: "open", approvals, missing: required - approvals, excluded };
  if (rule.solo) return { state: "approved", approvals, missing: 0, excluded };
  const obstacle = obstacleOf(group, rule);
  return obstacle === undefined
    ? { state: "approved", approvals, missing: 0, excluded }
    : { state: "open", approvals, missing: 1, excluded, obstacle };
}

function obstacleOf(group: readonly CountedVote[], { tier }: TallyRule): string | undefined {
  if (!group.some((vote) => vote.role === "reviewer"))
    return "An administrator alone cannot approve: a reviewer must vote too.";
  if (tier === "critical" && !fromTwoTeams(group)) return "A critical client needs approvals from two teams.";
  return undefined;
}

function bySelection(votes: readonly CountedVote[]): CountedVote[][] {
  const groups: CountedVote[][] = [];
  for (const vote of votes) {
    const group = groups.find(([first]) => sameSelection(first?.excluded ?? [], vote.excluded ?? []));
    if (group) group.push(vote);
    else groups.push([vote]);
  }
  return groups;
}

function named(votes: readonly CountedVote[]): string {
  const names = votes.map(({ name }) => name ?? "Somebody");
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
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
