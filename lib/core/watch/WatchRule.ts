import type { DriftSeverity } from "#lib/core/drift/Drift.ts";

/**
 * A rule about what is neither in one document nor in the difference of two: whether the document can be reached, what
 * time does to keys and copies, and what servers met. Ids begin with `reach.`, `time.` or `sight.` and never change once released.
 */
export interface WatchRule<Subject> {
  readonly id: string;
  readonly severity: DriftSeverity;
  /** A noun phrase, for lists and pages. */
  readonly title: string;
  /** Why it matters, in a sentence or two for a manager. */
  readonly rationale: string;
  /** The clause that says so. */
  readonly clause: string;
  run(subject: Subject): readonly WatchProblem[];
}

export interface WatchProblem {
  /** A sentence that names the values, safe to print. */
  readonly message: string;
  /** Overrides the rule's own severity, where the case decides. */
  readonly severity?: DriftSeverity;
  /** Tells two problems of one client apart, e.g. a thumbprint; "" when there can be only one. */
  readonly value: string;
}
