import Link from "next/link";
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
  /** Another vote of the same person took its place. */
  readonly replaced: boolean;
  /** What it accepts and leaves out of a change; null where there was nothing to choose. */
  readonly selection: { readonly accepted: readonly string[]; readonly leftOut: readonly string[] } | null;
  /** Ids of the parts it leaves out; null when it is the selection on the screen. */
  readonly leave: readonly string[] | null;
}

/** The votes so far, those on an earlier document set apart, and how many are missing. */
export function VoteList({
  votes,
  missing,
  obstacle,
  open,
  now,
  take,
}: {
  votes: readonly ShownVote[];
  missing: number;
  obstacle: string | null;
  open: boolean;
  now: Instant;
  /** Where the same selection can be taken over; absent for people who cannot vote. */
  take?: (leave: readonly string[]) => string;
}) {
  return (
    <ul aria-label="Votes">
      {votes.map((vote, index) => (
        <li key={index} className="flex items-start gap-2 border-t border-line px-3.5 py-2 text-sm">
          <Avatar name={vote.person} />
          <div className={vote.counts ? "min-w-0 flex-1" : "min-w-0 flex-1 text-ink-3"}>
            <p>
              <b className="font-medium">{vote.person}</b>{" "}
              {vote.verdict === "approve" ? "approved" : "denied"} <Selection vote={vote} />
              {!vote.counts && (
                <Chip shape="minus">{vote.replaced ? "replaced" : "on an earlier document"}</Chip>
              )}
            </p>
            <p className="[overflow-wrap:anywhere] text-ink-2">{vote.reason}</p>
            {open && take && vote.leave && (
              <p>
                <Link
                  href={take(vote.leave)}
                  scroll={false}
                  replace
                  className="text-ink-2 underline underline-offset-2 hover:text-ink"
                >
                  Select the same
                </Link>
              </p>
            )}
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

/** What the vote is for where there was something to choose: what it accepts or what it leaves out, whichever is shorter. */
function Selection({ vote: { selection } }: { vote: ShownVote }) {
  if (!selection) return null;
  const { accepted, leftOut } = selection;
  if (leftOut.length === 0) return <>everything </>;
  const few = accepted.length > 0 && accepted.length <= leftOut.length;
  return (
    <>
      {few ? "only " : "all but "}
      <b className="font-medium [overflow-wrap:anywhere]">{(few ? accepted : leftOut).join(", ")} </b>
    </>
  );
}
