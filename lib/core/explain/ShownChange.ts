import type { DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";

/** What one rule says of a member, with why it matters and where that is written. */
export interface ShownRule {
  readonly rule: string;
  readonly severity: DriftSeverity;
  /** What happened, without the values that the lines show: a heading. */
  readonly title: string;
  /** What happened, with the values; safe to print. */
  readonly sentence: string;
  readonly why: string;
  readonly clause: string;
}

/** A member that changed, for people: what the most serious rule says, what others add, then the lines. */
export interface ShownChange extends ShownRule {
  /** Name of the document's member; `keys` for what is inside a key set. Safe to print. */
  readonly member: string;
  readonly others: readonly ShownRule[];
  readonly lines: readonly ChangeLine[];
  /** The strongest of the member's changes: growth, then shrinkage, then neutral. */
  readonly effect: DriftEffect;
}

export interface ChangeLine {
  readonly kind: "same" | "added" | "removed";
  /** Safe to print. */
  readonly text: string;
  /** The consequence or the place, at the end of the line. */
  readonly note?: string;
  /** Whether the note is what a reviewer must not miss. */
  readonly grave?: boolean;
}
