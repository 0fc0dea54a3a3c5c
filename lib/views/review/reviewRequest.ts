import type { PersonActor } from "#lib/core/Actor.ts";
import type { Grant } from "#lib/core/client.ts";
import { mapRedirects, type RedirectMap } from "#lib/core/explain/mapRedirects.ts";
import type { ShownChange } from "#lib/core/explain/ShownChange.ts";
import { showChanges } from "#lib/core/explain/showChanges.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { memberOf } from "#lib/core/drift/memberOf.ts";
import { defaultOverlap } from "#lib/core/drift/keyDrift.ts";
import { keyTimeline, type Timeline } from "#lib/core/keyTimeline/keyTimeline.ts";
import { may } from "#lib/core/may.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { tallyVotes } from "#lib/core/review/tallyVotes.ts";
import { shrinkObstacle } from "#lib/core/review/transitions.ts";
import type { Read } from "#lib/db/Database.ts";
import { listAudienceResources } from "#lib/db/queries/listAudienceResources.ts";
import { listOpenRequestNumbers } from "#lib/db/queries/listOpenRequestNumbers.ts";
import { blockingFinding } from "#lib/db/queries/blockingFinding.ts";
import { listVoters } from "#lib/db/queries/listVoters.ts";
import { listVotes } from "#lib/db/queries/listVotes.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import type { RequestKind, RequestState } from "#lib/db/schema.ts";
import { approveObstacle } from "./approveObstacle.ts";
import { showSnapshot, type ShownSnapshot } from "#lib/views/clients/clientDocument.ts";
import { clientHeader, type ClientHeader } from "#lib/views/clients/clientHeader.ts";
import { reviewedRequest, type ReviewedRequest } from "./reviewedRequest.ts";
import { partsById, reviewSelection, suggestedLeave, type ReviewSelection } from "./reviewSelection.ts";
import { ownVoteWords, stands, voteLine, type VoteLine } from "./reviewVotes.ts";
import { wouldBeListed, type WouldBe } from "./wouldBeListed.ts";

export interface Review {
  readonly now: Instant;
  readonly number: number;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly reason: string;
  readonly requestedBy: string | null;
  readonly requestedAt: Instant;
  readonly expiresAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedReason: string | null;
  readonly validDays: number;
  readonly grants: readonly (Grant & {
    name: string | null;
    sensitive: readonly string[];
    /** Scopes that are not in force now; empty when the client has no access yet. */
    gained: readonly string[];
  })[];
  /** Scopes in force now that the request leaves out, as "resource scope". */
  readonly losing: readonly string[];
  readonly client: ClientHeader;
  readonly asked: ShownSnapshot;
  readonly approved: ShownSnapshot | null;
  /** What the document changes since the last approval, most serious first. */
  readonly changes: readonly ShownChange[];
  /** Members that changed, of how many there are. */
  readonly members: { readonly changed: number; readonly all: number };
  /** What is new and can be accepted one by one. */
  readonly selection: ReviewSelection;
  /** Who could receive codes before and who could now; null when that does not change. */
  readonly redirectMap: RedirectMap | null;
  /** The keys of the client over time; null when it has none. */
  readonly timeline: Timeline | null;
  /** The live document is another one than the request's; its votes would be refused. */
  readonly liveMoved: boolean;
  readonly votes: readonly VoteLine[];
  readonly requiredVotes: number;
  readonly missingVotes: number;
  /** Why enough votes are not enough yet. */
  readonly tallyObstacle: string | null;
  /** Why this person cannot vote, or cannot approve; null when they can. */
  readonly voteObstacle: string | null;
  /** The person's own vote that stands, in a sentence. */
  readonly ownVote: string | null;
  readonly approveObstacle: string | null;
  readonly suspendObstacle: string | null;
  readonly blockObstacle: string | null;
  readonly mayWithdraw: boolean;
  /** Fewer people could approve than votes are needed: somebody must be invited. */
  readonly tooFewVoters: boolean;
  readonly wouldBe: readonly WouldBe[];
  /** Who approved what is approved now. */
  readonly approvedBy: readonly string[];
  /** Walks through the open requests, oldest first. */
  readonly previous: number | null;
  readonly next: number | null;
  readonly position: number | null;
  readonly open: number;
}

/** One request with all the evidence for its decision; undefined when there is none of that number. */
export async function reviewRequest(
  db: Read,
  now: Instant,
  person: PersonActor,
  number: number,
  solo: boolean,
  /** Ids of the parts that are not ticked; undefined until a person has chosen. */
  leave?: readonly string[],
): Promise<Review | undefined> {
  const request = await find(db, "request", { number });
  if (!request) return undefined;
  const [client, row, snapshot, requester, cast, voters, open, known] = await Promise.all([
    clientHeader(db, now, person, request.clientRowId),
    find(db, "client", { id: request.clientRowId }),
    find(db, "snapshot", { id: request.snapshotId }),
    request.requestedBy ? find(db, "person", { id: request.requestedBy }) : undefined,
    listVotes(db, request.id),
    listVoters(db),
    listOpenRequestNumbers(db),
    listAudienceResources(db),
  ]);
  if (!client || !row || !snapshot) throw new Error(`Request ${number} lost its client or its document.`);
  const [change, granted, keys, announcements, blocked] = await Promise.all([
    reviewedRequest(db, now, request, row, snapshot),
    request.state === "open" ? findAll(db, "grant", { clientRowId: row.id }) : [],
    findAll(db, "clientKey", { clientRowId: row.id }),
    findAll(db, "announcement", { clientRowId: row.id }),
    request.kind === "unsuspend" || request.kind === "unblock" ? blockingFinding(db, row.id) : undefined,
  ]);
  const asked = showSnapshot(snapshot, row);
  const own = cast.find(({ vote }) => vote.personId === person.id && stands(vote, snapshot))?.vote;
  const selection = chooseFor(change, request, leave, own);
  const required = Math.max(request.requiredVotes, requiredVotes(row.riskTier, requester));
  const tally = tallyVotes(
    cast
      .filter(({ vote }) => vote.voidedAt === null)
      .map(({ vote, person: voter }) => ({
        ...vote,
        name: voter.name,
        role: voter.role,
        teamIds: voters.find((each) => each.id === voter.id)?.teamIds ?? [],
      })),
    {
      digest: snapshot.digest,
      required,
      tier: row.riskTier,
      solo,
      personId: person.id,
    },
  );
  const votes = cast.map(({ vote, person: voter }) =>
    voteLine(
      vote,
      voter.name,
      cast.map((each) => each.vote),
      snapshot,
      change,
      selection,
    ),
  );
  const subject = { ...request, lastEditedBy: row.lastEditedBy, digest: snapshot.digest };
  const voteObstacle =
    mayVote(person, subject, snapshot.digest, solo)?.sentence ??
    (request.expiresAt <= now ? "This request has run out. Ask again." : null);
  const couldVote = voters.filter(
    (voter) => solo || (voter.id !== request.requestedBy && voter.id !== row.lastEditedBy),
  );
  const at = open.indexOf(number);
  const shrinkRight = client.acts.find((act) => act.key === "block")?.obstacle;
  return {
    now,
    number,
    kind: request.kind,
    state: request.state,
    reason: request.reason,
    requestedBy: requester?.name ?? null,
    requestedAt: request.requestedAt,
    expiresAt: request.expiresAt,
    decidedAt: request.decidedAt,
    decidedReason: request.decidedReason,
    validDays: request.validDays,
    grants: request.grants.map((grant) => {
      const homes = known.filter(({ resource }) => resource.uri === grant.resource);
      return {
        ...grant,
        name: homes[0]?.resource.name ?? null,
        sensitive: grant.scopes.filter((scope) =>
          homes.some(({ resource }) => resource.sensitiveScopes.includes(scope)),
        ),
        gained:
          granted.length === 0
            ? []
            : grant.scopes.filter(
                (scope) =>
                  !granted.some((each) => each.resource === grant.resource && each.scopes.includes(scope)),
              ),
      };
    }),
    losing: granted.flatMap((each) => {
      const kept = request.grants.find((grant) => grant.resource === each.resource)?.scopes ?? [];
      return each.scopes.filter((scope) => !kept.includes(scope)).map((scope) => `${each.resource} ${scope}`);
    }),
    client,
    asked,
    approved: change ? showSnapshot(change.base, row) : null,
    changes: change
      ? showChanges({
          clientId: row.clientId,
          ...change,
          before: change.approved,
          after: snapshot,
          acts: request.state === "open",
        })
      : [],
    members: {
      changed: new Set(change?.changes.map(memberOf)).size,
      all: Object.keys(parseDocument(snapshot.documentText).members ?? {}).length,
    },
    selection,
    redirectMap: change ? mapOf(row.clientId, change, snapshot) : null,
    timeline:
      keys.length > 0
        ? keyTimeline(keys, announcements, { overlap: change?.facts.overlap ?? defaultOverlap, now })
        : null,
    liveMoved: request.state === "open" && row.liveSnapshotId !== snapshot.id,
    votes,
    requiredVotes: solo ? 1 : required,
    missingVotes: tally.missing,
    tallyObstacle: tally.obstacle ?? null,
    voteObstacle,
    ownVote: own && request.state === "open" ? ownVoteWords(own) : null,
    approveObstacle: voteObstacle ?? approveObstacle(request, snapshot, selection, granted, own, blocked),
    suspendObstacle: client.acts.find((act) => act.key === "suspend")?.obstacle ?? null,
    blockObstacle: shrinkRight ?? shrinkObstacle("blocked", row.lifecycle) ?? null,
    mayWithdraw: request.state === "open" && (request.requestedBy === person.id || may(person, "administer")),
    tooFewVoters:
      request.state === "open" &&
      !solo &&
      (couldVote.length < required || !couldVote.some((voter) => voter.role === "reviewer")),
    wouldBe:
      request.state === "open"
        ? await wouldBeListed(
            db,
            now,
            { request, client: row, snapshot, exclusions: selection.exclusions },
            known,
          )
        : [],
    approvedBy: row.approvedRequestId
      ? (await listVotes(db, row.approvedRequestId))
          .filter(({ vote }) => vote.verdict === "approve" && vote.voidedAt === null)
          .map((each) => each.person.name)
      : [],
    previous: at > 0 ? (open[at - 1] ?? null) : at < 0 ? (open.at(-1) ?? null) : null,
    next: at >= 0 ? (open[at + 1] ?? null) : (open[0] ?? null),
    position: at < 0 ? null : at + 1,
    open: open.length,
  };
}

const noSelection: ReviewSelection = {
  parts: [],
  exclusions: [],
  leftOut: [],
  accepted: [],
  isNothing: false,
};

/** What is ticked: what the person chose, what they voted for, or what is suggested; of a decided request what was decided. */
function chooseFor(
  change: ReviewedRequest | undefined,
  request: Row<"request">,
  leave: readonly string[] | undefined,
  own: Row<"vote"> | undefined,
): ReviewSelection {
  if (!change) return noSelection;
  if (request.state !== "open") return reviewSelection(change, request.excluded ?? []);
  if (leave) return reviewSelection(change, partsById(change, leave));
  if (own?.verdict === "approve") return reviewSelection(change, own.excluded ?? []);
  return reviewSelection(change, suggestedLeave(change, change.except));
}

function mapOf(
  clientId: string,
  { approved, parts }: ReviewedRequest,
  snapshot: Row<"snapshot">,
): RedirectMap | null {
  if (!parts.some(({ member }) => member === "redirect_uris")) return null;
  return mapRedirects(clientId, approved.metadata.redirect_uris, snapshot.metadata.redirect_uris);
}
