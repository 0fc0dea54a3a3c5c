import type { Change, DriftEffect, DriftSeverity } from "#lib/core/drift/Drift.ts";

/** One thing of a change that can be accepted or left out by itself: a value of a set, or a whole member. */
export interface Part {
  /** The same for the same thing of the same member, and safe in URLs and forms. */
  readonly id: string;
  /** Name of the document's member; `keys` for key sets, and then the value is a thumbprint. */
  readonly member: string;
  /** Absent where the whole member is the part. */
  readonly value?: string;
  /** For people, short and safe to print. */
  readonly label: string;
  /** What the rules say of it, most serious first. */
  readonly changes: readonly Change[];
  readonly severity: DriftSeverity;
  /** Only growth can be left out: what was lost acts at once, and the rest gives nothing away. */
  readonly effect: DriftEffect;
  /** Id of the part it is accepted and left out together with. */
  readonly follows?: string;
}
