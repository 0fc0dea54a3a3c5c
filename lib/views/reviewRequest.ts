import type { PersonActor } from "#lib/core/Actor.ts";
import { compileEntry } from "#lib/core/allowlist/compileEntry.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Grant } from "#lib/core/client.ts";
import { describeDifferences, type Difference } from "#lib/core/explain/describeDifferences.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import { tallyVotes } from "#lib/core/review/tallyVotes.ts";
import { shrinkObstacle } from "#lib/core/review/transitions.ts";
import type { Read } from "#lib/db/Database.ts";
import { listAudienceResources } from "#lib/db/queries/listAudienceResources.ts";
import { listOpenRequestNumbers } from "#lib/db/queries/listOpenRequestNumbers.ts";
import { listVoters } from "#lib/db/queries/listVoters.ts";
import { listVotes } from "#lib/db/queries/listVotes.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import type { RequestKind, RequestState } from "#lib/db/schema.ts";
import { showSnapshot, type ShownSnapshot } from "./clientDocument.ts";
import { clientHeader, type ClientHeader } from "./clientHeader.ts";

export interface VoteLine {
  readonly person: string;
  readonly verdict: "approve" | "deny";
  readonly reason: string;
  readonly at: Instant;
  /** Cast on the document as it is now. */
  readonly counts: boolean;
}

/** What a list would say once the request is approved. */
export interface WouldBe {
  readonly slug: string;
  readonly name: string;
  readonly entry: AllowlistEntry;
  /** Approved, but nothing usable would be left: the client would be suspended at once. */
  readonly emptied?: string;
}

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
  readonly differences: readonly Difference[];
  /** The live document is another one than the request's; its votes would be refused. */
  readonly liveMoved: boolean;
  readonly votes: readonly VoteLine[];
  readonly requiredVotes: number;
  readonly missingVotes: number;
  /** Why enough votes are not enough yet. */
  readonly tallyObstacle: string | null;
  /** Why this person cannot vote, or cannot approve; null when they can. */
  readonly voteObstacle: string | null;
  readonly approveObstacle: string | null;
  readonly suspendObstacle: string | null;
  readonly blockObstacle: string | null;
  readonly mayWithdraw: boolean;
  /** Fewer people could approve than votes are needed: somebody must be invited. */
  readonly tooFewVoters: boolean;
  readonly wouldBe: readonly WouldBe[];
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
  const [approvedRow, granted] = await Promise.all([
    row.approvedSnapshotId === snapshot.id
      ? snapshot
      : row.approvedSnapshotId
        ? find(db, "snapshot", { id: row.approvedSnapshotId })
        : undefined,
    request.state === "open" ? findAll(db, "grant", { clientRowId: row.id }) : [],
  ]);
  const asked = showSnapshot(snapshot, row);
  const approved = approvedRow ? showSnapshot(approvedRow, row) : null;
  const tally = tallyVotes(
    cast
      .filter(({ vote }) => vote.voidedAt === null)
      .map(({ vote, person: voter }) => ({
        ...vote,
        role: voter.role,
        teamIds: voters.find((each) => each.id === voter.id)?.teamIds ?? [],
      })),
    { digest: snapshot.digest, required: request.requiredVotes, tier: row.riskTier, solo },
  );
  const votes = cast.map(({ vote, person: voter }) => ({
    person: voter.name,
    verdict: vote.verdict,
    reason: vote.reason,
    at: vote.at,
    counts: vote.voidedAt === null && vote.digest === snapshot.digest,
  }));
  const mine = cast.some(
    ({ vote }) => vote.personId === person.id && vote.digest === snapshot.digest && vote.voidedAt === null,
  );
  const subject = { ...request, lastEditedBy: row.lastEditedBy, digest: snapshot.digest };
  const voteObstacle =
    (mine && request.state === "open" ? "You voted on this document. Your vote counts once." : undefined) ??
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
    approved,
    differences: approved ? describeDifferences(approved, asked) : [],
    liveMoved: request.state === "open" && row.liveSnapshotId !== snapshot.id,
    votes,
    requiredVotes: solo ? 1 : request.requiredVotes,
    missingVotes: tally.missing,
    tallyObstacle: tally.obstacle ?? null,
    voteObstacle,
    approveObstacle: voteObstacle ?? blocking(snapshot),
    suspendObstacle: client.acts.find((act) => act.key === "suspend")?.obstacle ?? null,
    blockObstacle: shrinkRight ?? shrinkObstacle("blocked", row.lifecycle) ?? null,
    mayWithdraw: request.state === "open" && (request.requestedBy === person.id || may(person, "administer")),
    tooFewVoters:
      request.state === "open" &&
      !solo &&
      (couldVote.length < request.requiredVotes || !couldVote.some((voter) => voter.role === "reviewer")),
    wouldBe: request.state === "open" ? wouldBe(request, row, snapshot, known, now) : [],
    previous: at > 0 ? (open[at - 1] ?? null) : at < 0 ? (open.at(-1) ?? null) : null,
    next: at >= 0 ? (open[at + 1] ?? null) : (open[0] ?? null),
    position: at < 0 ? null : at + 1,
    open: open.length,
  };
}

function blocking(snapshot: Row<"snapshot">): string | null {
  if (snapshot.errors === 0) return null;
  const n = snapshot.errors === 1 ? "An error" : `${snapshot.errors} errors`;
  return `${n} in the document must be mended by its publisher before anyone can approve it.`;
}

function wouldBe(
  request: Row<"request">,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
  known: readonly { audience: Row<"audience">; resource: Row<"resource"> }[],
  now: Instant,
): WouldBe[] {
  const jkts = snapshot.keys.flatMap((key) => (key.jkt ? [key.jkt] : []));
  const audiences = new Map(known.map(({ audience }) => [audience.id, audience]));
  return [...audiences.values()].flatMap((audience) => {
    const grants = request.grants.flatMap((grant) => {
      const home = known.find(
        (each) => each.audience.id === audience.id && each.resource.uri === grant.resource,
      )?.resource;
      const scopes = grant.scopes.filter((scope) => home?.scopes.includes(scope));
      return !home || (scopes.length === 0 && grant.scopes.length > 0)
        ? []
        : [{ resource: grant.resource, scopes }];
    });
    if (grants.length === 0) return [];
    const compiled = compileEntry({
      clientId: client.clientId,
      lifecycle: "approved",
      approved: snapshot.metadata,
      approvedJkts: jkts,
      approvedDocSha256s: [snapshot.rawDigest],
      grants,
      validUntil: now + request.validDays * day,
      now,
    });
    if (!compiled.entry) return [];
    return [
      {
        slug: audience.slug,
        name: audience.name,
        entry: compiled.entry,
        emptied: compiled.suspend ? compiled.sentence : undefined,
      },
    ];
  });
}
