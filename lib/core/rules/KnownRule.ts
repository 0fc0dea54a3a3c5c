import type { CheckSeverity } from "#lib/core/check/Check.ts";
import type { DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";

/** `check`: is it valid? `drift`: what changed? `reach`: can it be fetched? `time`: what does time do to it? */
export type RuleKind = "check" | "drift" | "reach" | "time";

export const ruleKinds: readonly RuleKind[] = ["check", "drift", "reach", "time"];

/** What is known of a rule wherever it comes from: enough to name, explain and list it. */
export interface KnownRule {
  /** Unique among all kinds; never changes once released. */
  readonly id: string;
  readonly kind: RuleKind;
  /** The usual one; a profile or the case may move it. */
  readonly severity: CheckSeverity | DriftSeverity;
  /** A noun phrase. */
  readonly title: string;
  readonly rationale: string;
  readonly clause: string;
  /** What it catches, where the rule has one. */
  readonly example?: string;
  /** What a difference it finds usually does to the allowlist; rules of other kinds find no differences. */
  readonly effect?: DriftEffect;
}
