import Link from "next/link";
import { Banner } from "#components/Banner.tsx";
import { relativeTime } from "#components/time.ts";
import type { Review } from "#lib/views/review/reviewRequest.ts";

const decided: Record<string, readonly ["ok" | "stop" | "info", string]> = {
  approved: ["ok", "Approved"],
  denied: ["stop", "Denied"],
  withdrawn: ["info", "Withdrawn"],
  expired: ["info", "Run out"],
};

/** What has to be known before the evidence: it is decided, the document moved on, nobody can decide. */
export function ReviewBanners({ review, isAdmin }: { review: Review; isAdmin: boolean }) {
  const end = decided[review.state];
  return (
    <>
      {end && (
        <Banner
          tone={end[0]}
          title={`${end[1]}${review.decidedAt === null ? "" : ` ${relativeTime(review.decidedAt, review.now, true)}`}.`}
          actions={<Link href={`/clients/${review.client.id}/enforcement`}>Where it is enforced</Link>}
        >
          {review.decidedReason ??
            (review.selection.leftOut.length > 0
              ? `Without ${review.selection.leftOut.join(", ")}: that is in no list.`
              : "Below stands what was decided on.")}
        </Banner>
      )}
      {review.liveMoved && (
        <Banner tone="hold" title="The live document is another one than this request is about.">
          An approval would be refused. Fetch the client again: the request then moves to the new document,
          and votes on the old one are void.
        </Banner>
      )}
      {review.tooFewVoters && (
        <Banner
          tone="hold"
          title="Not enough people can decide this."
          actions={isAdmin && <Link href="/people#invite">Invite a reviewer</Link>}
        >
          It takes{" "}
          {review.requiredVotes === 1
            ? "a reviewer"
            : `${review.requiredVotes} people, one of them a reviewer,`}{" "}
          who neither asked for it nor edited the client last.
          {!isAdmin && " Ask an administrator to invite a reviewer."}
        </Banner>
      )}
    </>
  );
}
