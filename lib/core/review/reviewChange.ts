import { type ComparableSnapshot, compareSnapshots } from "#lib/core/drift/compareSnapshots.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import { approvedFacts } from "./approvedFacts.ts";
import type { Exclusion } from "./Exclusion.ts";
import type { Part } from "./Part.ts";
import { partsOf, type ReviewedFacts } from "./partsOf.ts";

/** A stored snapshot with its metadata. */
export interface ReviewableSnapshot extends ComparableSnapshot {
  readonly metadata: EffectiveMetadata;
}

/** What a reviewer decides on: the accepted copy, what the rules say of the way to the one asked for, and its parts. */
export interface ReviewedChange {
  readonly approved: ReviewedFacts;
  readonly changes: readonly Change[];
  readonly parts: readonly Part[];
}

/** Compares what is asked for with what was accepted. `except` is what of the approved snapshot was left out. */
export function reviewChange(input: {
  readonly clientId: string;
  readonly approved: ReviewableSnapshot;
  readonly asked: ReviewableSnapshot;
  readonly except: readonly Exclusion[];
  readonly facts?: DriftFacts;
}): ReviewedChange {
  const { clientId, approved: before, asked: after, except, facts } = input;
  const changes = compareSnapshots({ clientId, before, after, except, facts });
  const approved = acceptedOf(before, except);
  return { approved, changes, parts: partsOf(changes, approved, after) };
}

/** What was accepted of a snapshot. */
export function acceptedOf(
  { metadata, keys }: Pick<ReviewableSnapshot, "metadata" | "keys">,
  except: readonly Exclusion[],
): ReviewedFacts {
  return approvedFacts({ members: membersOf(metadata), keys }, except);
}
