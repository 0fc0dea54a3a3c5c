import type { CheckSeverity } from "#lib/core/check/Check.ts";
import type { DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";

/** `check`: is it valid? `drift`: what changed? `reach`: can it be fetched? `time`: what does time do to it? `sight`: what did servers meet? */
export type RuleKind = "check" | "drift" | "reach" | "time" | "sight";

export const ruleKinds: readonly RuleKind[] = ["check", "drift", "reach", "time", "sight"];

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
  /** When it is milder or stricter, in a sentence. */
  readonly moves?: string;
  /** What it catches, where the rule has one. */
  readonly example?: string;
  /** What a difference it finds usually does to the allowlist; rules of other kinds find no differences. */
  readonly effect?: DriftEffect;
}

/** The kinds in words; `says` follows "A rule of this kind". */
export const kindWords: Readonly<Record<RuleKind, { readonly name: string; readonly says: string }>> = {
  check: {
    name: "Check",
    says: "judges one document with its key set: is it valid?",
  },
  drift: {
    name: "Drift",
    says: "compares the approved document with the live one: what changed, and how bad is it?",
  },
  reach: {
    name: "Reach",
    says: "looks at how the document was reached: is it there, and who answers?",
  },
  time: {
    name: "Time",
    says: "looks at what time does: keys, copies and approvals grow old.",
  },
  sight: {
    name: "Sight",
    says: "compares what authorization servers met with what was read here: do they see what we see?",
  },
};
