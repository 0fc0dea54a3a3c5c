import type { DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";

/** Where a finding stands in triage. One that came back is `open` again with a count of its regressions. */
export type FindingState = "open" | "acknowledged" | "snoozed" | "dismissed" | "waived" | "resolved";

export const findingStates: readonly FindingState[] = [
  "open",
  "acknowledged",
  "snoozed",
  "dismissed",
  "waived",
  "resolved",
];

/** Why a finding is put aside: a closed list, so that it can be counted. */
export type DismissReason =
  "expected_change" | "false_positive" | "kept_out" | "duplicate" | "tested_on_purpose" | "out_of_scope";

export const dismissReasons: readonly DismissReason[] = [
  "expected_change",
  "false_positive",
  "kept_out",
  "duplicate",
  "tested_on_purpose",
  "out_of_scope",
];

/** A dismissal or waiver of a high or critical finding, by the first of two people. */
export type FindingProposal =
  | {
      readonly kind: "dismiss";
      readonly reason: DismissReason;
      readonly note: string;
      readonly by: string;
      readonly at: Instant;
    }
  | {
      readonly kind: "waive";
      readonly control: string;
      readonly until: Instant;
      readonly note: string;
      readonly by: string;
      readonly at: Instant;
    };

/**
 * A cause that stands now: what the rules say of one client at one look. Findings are kept in step with the causes:
 * a new cause opens one, a cause that is gone twice in a row resolves it.
 */
export interface Cause {
  /** Id of a drift rule, a check or a watch rule. */
  readonly rule: string;
  readonly severity: DriftSeverity;
  readonly effect: DriftEffect;
  /** Safe to print. */
  readonly message: string;
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Tells causes of one rule at one client apart, e.g. the redirect URI that was added. */
  readonly value: string;
}

/**
 * What kind of look shows a cause: reading the document and its keys, trying to reach it, the passing of time over
 * its keys and copies, or what servers met. A look settles only what it can see.
 */
export type Look = "document" | "reach" | "time" | "sight";

/** The look that shows causes of a rule. */
export function lookOf(rule: string): Look {
  if (rule.startsWith("reach.")) return "reach";
  if (rule.startsWith("sight.")) return "sight";
  return rule.startsWith("time.") ? "time" : "document";
}
