import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { EntryFacts } from "#components/client/EntryFacts.tsx";
import { RiskFactors } from "#components/client/RiskFactors.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { plural } from "#components/plural.ts";
import { DecideForm } from "#components/review/DecideForm.tsx";
import { VoteList } from "#components/review/VoteList.tsx";
import { TextArea } from "#components/TextArea.tsx";
import { dayOf, relativeTime } from "#components/time.ts";
import type { Review } from "#lib/views/review/reviewRequest.ts";
import { decide, withdraw } from "./actions.ts";

/** The decision beside the evidence: what can be done, what it would do, who answers for it. */
export function ReviewSide({ review }: { review: Review }) {
  return (
    <aside
      aria-label="Decision"
      id="decision"
      className="grid gap-3 lg:sticky lg:top-[66px] lg:max-h-[calc(100dvh-80px)] lg:overflow-y-auto"
    >
      <Decide review={review} />
      {review.state === "open" && <IfApproved review={review} />}
      <Accountable review={review} />
      <Card title="Risk" note={review.client.riskTier} padded>
        <RiskFactors reasons={review.client.riskReasons} />
      </Card>
    </aside>
  );
}

function Decide({ review }: { review: Review }) {
  const open = review.state === "open";
  const canSuspend = review.suspendObstacle === null;
  const canBlock = review.blockObstacle === null;
  return (
    <Card title={open ? "Decide" : "Decided"} note={open ? undefined : review.state}>
      {open && (
        <div className="grid gap-2.5 px-3.5 py-3">
          {review.voteObstacle && <p className="text-sm text-ink-2">{review.voteObstacle}</p>}
          {!review.voteObstacle && review.ownVote && <p className="text-sm text-ink-2">{review.ownVote}</p>}
          {!review.voteObstacle && review.approveObstacle && (
            <p className={review.asked.results.some(isError) ? "text-sm text-stop" : "text-sm text-ink-2"}>
              {review.approveObstacle}{" "}
              {review.asked.results.some(isError) && (
                <a href="#checks" className="underline underline-offset-2">
                  See the checks
                </a>
              )}
            </p>
          )}
          {(review.voteObstacle === null || canSuspend || canBlock) && (
            <DecideForm
              key={review.number}
              number={review.number}
              digest={review.asked.digest}
              parts={review.selection.parts}
              decide={decide.bind(null, review.number, review.client.id)}
              canApprove={review.approveObstacle === null}
              canDeny={review.voteObstacle === null}
              canSuspend={canSuspend}
              canBlock={canBlock}
            />
          )}
          {(canSuspend || canBlock) && (
            <p className="text-xs text-ink-2">
              {canSuspend && canBlock ? "Suspend and Block act" : canSuspend ? "Suspend acts" : "Block acts"}{" "}
              at once, without a vote: servers refuse the client with the next release, seconds from now. Two
              people undo it.
            </p>
          )}
          <p className="text-xs text-ink-3">
            {review.requiredVotes === 1
              ? "One person must approve, a reviewer who"
              : `${review.requiredVotes === 2 ? "Two" : review.requiredVotes} people must approve, one of them a reviewer, who`}{" "}
            neither asked for it nor edited it last. A vote is for this document only (
            <code title={review.asked.digest}>{review.asked.digest.slice(0, 12)}</code>): when it changes, the
            vote is void.
          </p>
          {review.mayWithdraw && (
            <div>
              <ActDialog
                action={withdraw.bind(null, review.number)}
                label="Withdraw"
                hotkey="w"
                title={`Withdraw request ${review.number}`}
                description="Nothing changes for the client; it can be asked for again."
                done="Withdrawn"
              >
                <TextArea
                  name="reason"
                  label="Why?"
                  hint="One sentence that the owner and an auditor will read."
                />
              </ActDialog>
            </div>
          )}
        </div>
      )}
      <VoteList
        votes={review.votes}
        missing={review.missingVotes}
        obstacle={review.tallyObstacle}
        open={open}
        now={review.now}
        take={
          review.voteObstacle === null
            ? (leave) => `/requests/${review.number}?leave=${leave.join()}`
            : undefined
        }
      />
    </Card>
  );
}

function isError({ severity }: { severity: string }): boolean {
  return severity === "error";
}

function IfApproved({ review }: { review: Review }) {
  const { parts, leftOut } = review.selection;
  return (
    <Card title={parts.length > 0 ? "If approved as selected" : "If approved"} padded>
      {review.wouldBe.length === 0 ? (
        <p className="text-sm text-ink-2">
          No list would carry it: no authorization server has what is asked for.
        </p>
      ) : (
        <ul className="grid gap-3">
          {review.wouldBe.map((list) => (
            <li key={list.slug}>
              <p className="mb-1.5 text-sm">
                Release {list.release.toLocaleString("en")} of{" "}
                <Link href={`/servers/${list.slug}`} className="font-medium underline underline-offset-2">
                  {list.name}
                </Link>{" "}
                {list.servers > 0 ? ` tells ${plural(list.servers, "server")}` : " says"}:
              </p>
              {list.emptied && <p className="mb-1.5 text-sm text-stop">{list.emptied}</p>}
              <EntryFacts entry={list.entry} folded />
            </li>
          ))}
        </ul>
      )}
      {parts.length > 0 && (
        <div className="mt-3 border-t border-line pt-2.5 text-sm" aria-live="polite">
          <p className="text-ink-3">Still held</p>
          {leftOut.length === 0 ? (
            <p>nothing</p>
          ) : (
            <ul>
              {leftOut.map((label) => (
                <li key={label} className="[overflow-wrap:anywhere]">
                  {label}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Card>
  );
}

/** What it may get, in a line. */
function reached({ grants }: Review): string | null {
  const scopes = [...new Set(grants.flatMap((grant) => grant.scopes))];
  if (grants.length === 0) return null;
  return `${scopes.join(", ") || "no scopes"} on ${plural(grants.length, "resource")}`;
}

function Accountable({ review }: { review: Review }) {
  const { client } = review;
  return (
    <Card title="Accountable" padded>
      <KeyValue
        rows={[
          ["Owner team", client.owner?.name ?? "nobody yet"],
          ["Sponsor", client.sponsor ?? "not named"],
          ["Purpose", client.purpose ?? "not said"],
          ["Contract", client.contract],
          [
            "Registered",
            `${dayOf(client.createdAt)}${client.registeredBy ? ` by ${client.registeredBy}` : ""}`,
          ],
          [
            "Approved",
            client.approvedAt === null
              ? null
              : `${dayOf(client.approvedAt)}${review.approvedBy.length > 0 ? ` by ${review.approvedBy.join(", ")}` : ""}`,
          ],
          ["Reaches", reached(review)],
          [
            "Valid until",
            client.validUntil === null
              ? null
              : `${dayOf(client.validUntil)} (${relativeTime(client.validUntil, review.now, true)})`,
          ],
        ]}
      />
    </Card>
  );
}
