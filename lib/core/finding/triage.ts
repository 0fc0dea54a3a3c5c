import type { Actor } from "#lib/core/Actor.ts";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { day } from "#lib/core/Instant.ts";
import type { FindingProposal, FindingState } from "./Finding.ts";

export type FindingAct =
  "acknowledge" | "assign" | "snooze" | "dismiss" | "waive" | "confirm" | "decline" | "reopen";

/** The states from which an act is possible. */
export const actsFrom: Readonly<Record<FindingAct, readonly FindingState[]>> = {
  acknowledge: ["open"],
  assign: ["open", "acknowledged", "snoozed"],
  snooze: ["open", "acknowledged"],
  dismiss: ["open", "acknowledged", "snoozed"],
  waive: ["open", "acknowledged", "snoozed"],
  confirm: ["open", "acknowledged", "snoozed"],
  decline: ["open", "acknowledged", "snoozed"],
  reopen: ["snoozed", "dismissed", "waived"],
};

export const longestSnooze = 90 * day;
export const longestWaiver = 180 * day;

export interface TriageSubject {
  readonly state: FindingState;
  readonly severity: DriftSeverity;
  readonly assigneeId: string | null;
  /** The team that owns what it is about, if it is one team. */
  readonly ownerTeamId: string | null;
  readonly proposal: FindingProposal | null;
}

export interface TriageObstacle {
  readonly code: "not_allowed" | "conflict";
  readonly sentence: string;
}

/** Why the actor may not do this to the finding now, or undefined when they may. */
export function triageObstacle(
  act: FindingAct,
  finding: TriageSubject,
  actor: Actor,
): TriageObstacle | undefined {
  const person = whoObstacle(act, finding, actor);
  if (person) return { code: "not_allowed", sentence: person };
  const state = stateObstacle(act, finding);
  if (state) return { code: "conflict", sentence: state };
  return undefined;
}

/** Whether the act on a finding of this severity takes a second person. `solo`: an installation with one reviewer. */
export function needsSecond(act: "dismiss" | "waive", severity: DriftSeverity, solo: boolean): boolean {
  return !solo && (severity === "critical" || severity === "high");
}

const byToken: ReadonlySet<FindingAct> = new Set(["acknowledge", "assign", "snooze"]);

function whoObstacle(act: FindingAct, finding: TriageSubject, actor: Actor): string | undefined {
  if (actor.kind === "system") return undefined;
  if (actor.kind === "token") {
    if (actor.role !== "operator")
      return `A ${actor.role} token does not triage findings; an operator's does.`;
    return byToken.has(act)
      ? undefined
      : "A token acknowledges, assigns and snoozes findings; deciding about them is for people.";
  }
  if (actor.role === "auditor") return "Auditors read findings and never triage them.";
  const reviews = actor.role === "reviewer" || actor.role === "admin";
  const { proposal } = finding;
  if (act === "confirm") {
    if (!reviews) return "A reviewer or an administrator confirms what somebody proposed.";
    return proposal?.by === actor.id ? "You proposed it, so someone else must confirm it." : undefined;
  }
  if (act === "decline")
    return reviews || proposal?.by === actor.id
      ? undefined
      : "A reviewer, an administrator or whoever proposed it declines a proposal.";
  const own = finding.ownerTeamId !== null && actor.teamIds.includes(finding.ownerTeamId);
  if (reviews || own || (finding.assigneeId === actor.id && byToken.has(act))) return undefined;
  return finding.ownerTeamId === null
    ? "No one team owns what this finding is about: a reviewer or an administrator triages it."
    : "Only the owner team, a reviewer or an administrator triages this finding.";
}

const already: Readonly<Record<FindingState, string>> = {
  open: "It is open.",
  acknowledged: "It is acknowledged already.",
  snoozed: "It is snoozed: open it again first.",
  dismissed: "It is dismissed: open it again first.",
  waived: "It is waived: open it again first.",
  resolved: "It is resolved: its cause is gone. Should it return, so does the finding.",
};

function stateObstacle(act: FindingAct, { state, proposal }: TriageSubject): string | undefined {
  if (!actsFrom[act].includes(state))
    return act === "reopen" && state === "acknowledged" ? "It is open." : already[state];
  if ((act === "confirm" || act === "decline") && !proposal)
    return "Nothing is proposed for this finding; perhaps it was withdrawn because the finding changed.";
  if ((act === "dismiss" || act === "waive") && proposal)
    return `Somebody already proposed to ${proposal.kind} it: confirm or decline that first.`;
  return undefined;
}
