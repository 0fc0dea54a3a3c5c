import type { Change } from "#lib/core/drift/Drift.ts";
import type { ReviewedFacts } from "#lib/core/review/partsOf.ts";

/** Changes and the two sides they lie between. */
export interface ShowInput {
  readonly clientId: string;
  readonly changes: readonly Change[];
  readonly before: ReviewedFacts;
  readonly after: ReviewedFacts;
  /** Approved against live: lines then say what it does to the allowlist. Otherwise two copies are only compared. */
  readonly acts: boolean;
}
