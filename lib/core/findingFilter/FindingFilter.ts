import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { findingStates, type FindingState, type Look } from "#lib/core/finding/Finding.ts";

/** `any` is every state; without a word a list shows what nobody has decided: open and acknowledged. */
export type StateWord = FindingState | "any";

export const stateWords: readonly StateWord[] = [...findingStates, "any"];

/** Other things a finding can be: past its time, waiting for a second person, back again, speaking for many clients. */
export const conditionWords = ["overdue", "proposed", "regressed", "rolled_up"] as const;
export type ConditionWord = (typeof conditionWords)[number];

/** What a list of findings is narrowed to. Words of one kind are alternatives, kinds are all required; all of `is`. */
export interface FindingFilter {
  /** Each must occur in the sentence, the host, the rule or the client's name; `F-12` and `12` also find a number. */
  readonly text: readonly string[];
  readonly state: readonly StateWord[];
  readonly severity: readonly DriftSeverity[];
  readonly look: readonly Look[];
  readonly is: readonly ConditionWord[];
  /** Names of teams; `mine` is a team of whoever asks, `none` is no owner. */
  readonly owner: readonly string[];
  /** Names or email addresses of people; `me` is whoever asks, `none` is nobody, `any` is somebody. */
  readonly assignee: readonly string[];
  readonly rule: readonly string[];
  readonly host: readonly string[];
  /** Only what waits for no second person. */
  readonly undecided?: boolean;
  /** Open for so many days: at least `from`, less than `to`. */
  readonly age?: { readonly from: number; readonly to?: number };
}

export const emptyFindingFilter: FindingFilter = {
  text: [],
  state: [],
  severity: [],
  look: [],
  is: [],
  owner: [],
  assignee: [],
  rule: [],
  host: [],
};
