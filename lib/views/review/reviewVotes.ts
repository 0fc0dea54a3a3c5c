import type { Instant } from "#lib/core/Instant.ts";
import { sameSelection } from "#lib/core/review/selection.ts";
import type { Row } from "#lib/db/rows.ts";
import type { ReviewedRequest } from "./reviewedRequest.ts";
import { exclusionWords, reviewSelection, type ReviewSelection } from "./reviewSelection.ts";

export interface VoteLine {
  readonly person: string;
  readonly verdict: "approve" | "deny";
  readonly reason: string;
  readonly at: Instant;
  /** Cast on the document as it is now, and not taken back. */
  readonly counts: boolean;
  /** Another vote of the same person took its place. */
  readonly replaced: boolean;
  /** What it accepts and leaves out of a change, for people; null where there was nothing to choose. */
  readonly selection: { readonly accepted: readonly string[]; readonly leftOut: readonly string[] } | null;
  /** Ids of the parts it leaves out, to choose the same; null when it is the selection on the screen. */
  readonly leave: readonly string[] | null;
}

/** Whether a vote counts for the document as it is. */
export function stands(vote: Row<"vote">, snapshot: Row<"snapshot">): boolean {
  return vote.voidedAt === null && vote.digest === snapshot.digest;
}

/** A vote for people; `shown` is the selection on the screen. */
export function voteLine(
  vote: Row<"vote">,
  person: string,
  all: readonly Row<"vote">[],
  snapshot: Row<"snapshot">,
  change: ReviewedRequest | undefined,
  shown: ReviewSelection,
): VoteLine {
  const counts = stands(vote, snapshot);
  const excluded = vote.excluded ?? [];
  const said =
    change && vote.verdict === "approve" && (counts || excluded.length > 0) && shown.parts.length > 0
      ? reviewSelection(change, excluded)
      : undefined;
  const same = sameSelection(said?.exclusions ?? [], shown.exclusions);
  return {
    person,
    verdict: vote.verdict,
    reason: vote.reason,
    at: vote.at,
    counts,
    replaced: !counts && all.some((each) => each.personId === vote.personId && stands(each, snapshot)),
    selection: said
      ? {
          accepted: said.accepted,
          leftOut: counts ? said.leftOut : exclusionWords(excluded, change?.parts ?? []),
        }
      : null,
    leave: said && counts && !same ? said.parts.filter((part) => !part.accepted).map(({ id }) => id) : null,
  };
}

/** One's own standing vote, in a sentence. */
export function ownVoteWords({ verdict }: Row<"vote">): string {
  return `You ${verdict === "approve" ? "approved" : "denied"} this document. Your vote counts once: another one takes its place.`;
}
