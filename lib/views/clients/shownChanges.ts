import type { Change } from "#lib/core/drift/Drift.ts";
import { compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
import type { ShownChange } from "#lib/core/explain/ShownChange.ts";
import { showChanges } from "#lib/core/explain/showChanges.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { ReviewedFacts } from "#lib/core/review/partsOf.ts";
import { acceptedOf, type ReviewableSnapshot } from "#lib/core/review/reviewChange.ts";

export interface ComparedSnapshots {
  readonly clientId: string;
  readonly before: ReviewableSnapshot;
  readonly after: ReviewableSnapshot;
  /** What of the earlier one was not accepted. */
  readonly except?: readonly Exclusion[];
  readonly facts?: DriftFacts;
  /** Approved against live: the lines say what it does to the allowlist. */
  readonly acts: boolean;
}

/** What the drift rules say of two stored snapshots, as they were judged and as people read it. */
export function shownChanges({ clientId, before, after, except = [], facts, acts }: ComparedSnapshots): {
  changes: readonly Change[];
  shown: readonly ShownChange[];
  before: ReviewedFacts;
} {
  const changes = compareSnapshots({ clientId, before, after, except, facts });
  const accepted = acceptedOf(before, except);
  return {
    changes,
    shown: showChanges({ clientId, changes, before: accepted, after, acts }),
    before: accepted,
  };
}
