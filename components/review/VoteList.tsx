import type { Instant } from "#lib/core/Instant.ts";
import { Avatar } from "../Avatar.tsx";
import { Chip } from "../Chip.tsx";
import { RelativeTime } from "../RelativeTime.tsx";

export interface ShownVote {
  readonly person: string;
  readonly verdict: "approve" | "deny";
  readonly reason: string;
  readonly at: Instant;
  readonly counts: boolean;
}

/** The votes so far, those on an earlier document set apart, and how many are missing. */
export function VoteList({
  votes,
  missing,
  obstacle,
  open,
  now,
}: {
  votes: readonly ShownVote[];
  missing: number;
  obstacle: string | null;
  open: boolean;
  now: Instant;
}) {
  return (
    <ul aria-label="Votes">
      {votes.map((vote, index) => (
        <li key={index} className="flex items-start gap-2 border-t border-line px-3.5 py-2 text-sm">
          <Avatar name={vote.person} />
          <div className={vote.counts ? "min-w-0 flex-1" : "min-w-0 flex-1 text-ink-3"}>
            <p>
              <b className="font-medium">{vote.person}</b>{" "}
              {vote.verdict === "approve" ? "approved" : "denied"}{" "}
              {!vote.counts && <Chip shape="minus">on an earlier document</Chip>}
            </p>
            <p className="[overflow-wrap:anywhere] text-ink-2">{vote.reason}</p>
          </div>
          <span className="shrink-0 text-ink-3">
            <RelativeTime at={vote.at} now={now} />
          </span>
        </li>
      ))}
      {open && missing > 0 && (
        <li className="flex items-center gap-2 border-t border-line px-3.5 py-2 text-sm text-ink-3">
          <span
            aria-hidden="true"
            className="grid size-[22px] shrink-0 place-items-center rounded-full border border-dashed border-line-strong text-[10px]"
          >
            ?
          </span>
          {obstacle ??
            (missing === 1 ? "One more vote needed" : `${missing === 2 ? "Two" : missing} more votes needed`)}
        </li>
      )}
    </ul>
  );
}
