import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Chip } from "#components/Chip.tsx";
import { ClientIdentity } from "#components/client/ClientIdentity.tsx";
import { LifecycleChip } from "#components/LifecycleChip.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { OriginChip } from "#components/OriginChip.tsx";
import { Page } from "#components/Page.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { SyncChip } from "#components/SyncChip.tsx";
import { relativeTime } from "#components/time.ts";
import { reviewRequest, type Review } from "#lib/views/review/reviewRequest.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { ReviewBanners } from "./ReviewBanners.tsx";
import { ReviewEvidence } from "./ReviewEvidence.tsx";
import { ReviewSide } from "./ReviewSide.tsx";
import { titleOf } from "./titleOf.ts";

interface Props {
  params: Promise<{ number: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Once per request: the title and the page ask the same. */
const read = cache(async (number: string, leave?: string): Promise<Review | undefined> => {
  const person = await requirePerson();
  if (!/^\d{1,9}$/.test(number)) return undefined;
  const ctx = await context();
  const ids = leave?.split(",").filter(Boolean);
  return reviewRequest(ctx.db, ctx.clock(), person, Number(number), ctx.config.solo, ids);
});

/** What is not ticked, as the address has it; undefined until a person has chosen. */
async function leaveOf({ searchParams }: Props): Promise<string | undefined> {
  const { leave } = await searchParams;
  return typeof leave === "string" ? leave : undefined;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const review = await read((await props.params).number, await leaveOf(props));
  return { title: review ? titleOf(review) : "Review" };
}

export default async function ReviewPage(props: Props) {
  const person = await requirePerson();
  const leave = await leaveOf(props);
  const review = await read((await props.params).number, leave);
  if (!review) notFound();
  const raw = "raw" in (await props.searchParams);
  const { client } = review;
  return (
    <Page
      title={`Request ${review.number}`}
      crumbs={[
        { href: "/inbox", label: "Inbox" },
        { href: `/clients/${client.id}`, label: client.name },
      ]}
      actions={
        <>
          {review.state === "open" && (
            <LinkButton href="#decision" className="lg:hidden">
              Decide
            </LinkButton>
          )}
          {review.position !== null && (
            <span className="tabular-nums">
              {review.position} of {review.open}
            </span>
          )}
          {review.previous !== null && (
            <LinkButton href={`/requests/${review.previous}`} hotkey="k" rel="prev">
              Previous
            </LinkButton>
          )}
          {review.next !== null && (
            <LinkButton href={`/requests/${review.next}`} hotkey="j" rel="next">
              Next
            </LinkButton>
          )}
        </>
      }
    >
      <div className="grid items-start gap-x-4.5 gap-y-3.5 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-3.5">
          <ClientIdentity
            name={client.name}
            title={titleOf(review)}
            clientId={client.clientId}
            chips={
              <>
                <OriginChip verified={client.originVerified} />
                <LifecycleChip lifecycle={client.lifecycle} expired={client.expired} />
                <SyncChip sync={client.sync} />
                <SeverityChip
                  severity={client.riskTier}
                  suffix={client.sync === "held" ? "risk as approved" : "risk"}
                />
                <Chip>{client.owner ? `Owner: ${client.owner.name}` : "Owner: nobody"}</Chip>
                <Chip>
                  asked {relativeTime(review.requestedAt, review.now, true)} · version {review.asked.number}
                  {review.approved ? ` against approved version ${review.approved.number}` : ""}
                </Chip>
              </>
            }
          />
          <ReviewBanners review={review} isAdmin={person.role === "admin"} />
          <ReviewEvidence review={review} raw={raw} leave={leave} />
        </div>
        <ReviewSide review={review} />
      </div>
    </Page>
  );
}
