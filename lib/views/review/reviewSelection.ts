import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { Part } from "#lib/core/review/Part.ts";
import {
  acceptsNothing,
  growthOf,
  type LeftOut,
  sameSelection,
  selectParts,
} from "#lib/core/review/selection.ts";
import type { ReviewedChange } from "#lib/core/review/reviewChange.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";

/** Something new that can be accepted or left out. */
export interface ChoosablePart {
  readonly id: string;
  readonly member: string;
  readonly value?: string;
  readonly label: string;
  readonly severity: DriftSeverity;
  readonly accepted: boolean;
}

export interface ReviewSelection {
  readonly parts: readonly ChoosablePart[];
  /** What would be remembered as not accepted. */
  readonly exclusions: readonly Exclusion[];
  readonly leftOut: readonly string[];
  readonly accepted: readonly string[];
  /** Nothing new would be accepted: that would be a denial. */
  readonly isNothing: boolean;
}

/** What is ticked: the parts that `leave` does not name. */
export function reviewSelection(
  change: ReviewedChange & { readonly except: readonly Exclusion[] },
  leave: readonly LeftOut[],
): ReviewSelection {
  const chosen = selectParts(change.parts, change.approved, leave);
  const out = new Set(chosen.leftOut.map(({ id }) => id));
  const parts = leading(growthOf(change.parts));
  return {
    parts: parts.map(({ id, member, value, label, severity }) => ({
      id,
      member,
      ...(value === undefined ? {} : { value }),
      label,
      severity,
      accepted: !out.has(id),
    })),
    exclusions: chosen.exclusions,
    leftOut: leading(chosen.leftOut).map(({ label }) => label),
    accepted: leading(chosen.accepted).map(({ label }) => label),
    isNothing: acceptsNothing(chosen, change.except),
  };
}

/**
 * What is left out until a person says otherwise: what is critical, because that takes a decision of its own, and what
 * was left out before.
 */
export function suggestedLeave({ parts }: ReviewedChange, except: readonly Exclusion[]): LeftOut[] {
  return growthOf(parts).filter(
    (part) => part.severity === "critical" || except.some((each) => sameSelection([each], [part])),
  );
}

/** The parts that ids name; ids of parts that are gone say nothing. */
export function partsById({ parts }: ReviewedChange, ids: readonly string[]): LeftOut[] {
  return growthOf(parts).filter(({ id }) => ids.includes(id));
}

/** What was left out in words, also of a document that is gone. */
export function exclusionWords(excluded: readonly Exclusion[], parts: readonly Part[]): string[] {
  return excluded.flatMap((each) => {
    const part = parts.find((known) => sameSelection([known], [each]));
    if (part?.follows) return [];
    return [part?.label ?? visibleText(each.value ?? each.member, 72)];
  });
}

/** Parts that go with another are not told beside it. */
function leading(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ follows }) => follows === undefined);
}
