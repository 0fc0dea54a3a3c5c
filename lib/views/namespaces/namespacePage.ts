import type { PersonActor } from "#lib/core/Actor.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { constraintDifference, constraintWords } from "#lib/core/namespace/constraintWords.ts";
import { explainPattern, type PatternWords } from "#lib/core/namespace/explainPattern.ts";
import { sameConstraints } from "#lib/core/namespace/narrowerConstraints.ts";
import { parsePattern } from "#lib/core/namespace/parsePattern.ts";
import { isOpen, standingOf } from "#lib/core/namespace/standing.ts";
import { voteSubject } from "#lib/core/namespace/voteSubject.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { matchPattern } from "#lib/consumer/matchPattern.ts";
import type { Read } from "#lib/db/Database.ts";
import { countChildren } from "#lib/db/queries/countChildren.ts";
import { listDecidedOfHost } from "#lib/db/queries/listDecidedOfHost.ts";
import { listChildren } from "#lib/db/queries/namespaceChildren.ts";
import { find } from "#lib/db/rows.ts";
import { clientHistory } from "#lib/views/clients/clientHistory.ts";
import { namespaceVotes } from "./namespaceVotes.ts";

/** Children shown on the page; the count says how many there are. */
const shownChildren = 100;

/** One namespace with all a person needs to decide on it; undefined when there is none of this number. */
export async function namespacePage(
  db: Read,
  now: Instant,
  person: PersonActor,
  solo: boolean,
  number: number,
) {
  const namespace = Number.isSafeInteger(number) ? await find(db, "namespace", { number }) : undefined;
  if (!namespace) return undefined;
  const { id, pattern, constraints, proposed, host } = namespace;
  const [team, requester, children, seen, decided, history, votes] = await Promise.all([
    namespace.ownerTeamId ? find(db, "team", { id: namespace.ownerTeamId }) : undefined,
    namespace.requestedBy ? find(db, "person", { id: namespace.requestedBy }) : undefined,
    countChildren(db, id),
    listChildren(db, id, shownChildren),
    listDecidedOfHost(db, host),
    clientHistory(db, id, 50),
    namespaceVotes(db, namespace),
  ]);
  const subject = voteSubject(namespace);
  const open = isOpen(namespace);
  const obstacle = mayVote(person, subject, subject.digest, solo);
  const own = votes.find((vote) => vote.personId === person.id && vote.counts);
  const approvals = votes.filter((vote) => vote.counts && vote.verdict === "approve").length;
  const owns = namespace.ownerTeamId !== null && person.teamIds.includes(namespace.ownerTeamId);
  const mayShrink = person.role !== "auditor" && (owns || may(person, "shrink"));
  return {
    number,
    pattern,
    constraints,
    proposed,
    open,
    now,
    name: visibleText(namespace.name, 120),
    standing: standingOf(namespace, now),
    explained: explained(pattern),
    words: constraintWords(constraints),
    /** What waits would add; null where nothing waits or only time is asked for. */
    difference:
      proposed && !sameConstraints(constraints, proposed)
        ? constraintDifference(constraints, proposed)
        : null,
    isRenewal: proposed !== null && sameConstraints(constraints, proposed),
    digest: subject.digest,
    owner: team?.name ?? null,
    sponsor: namespace.sponsor,
    purpose: namespace.purpose,
    reason: visibleText(namespace.reason, 500),
    requestedBy: requester?.name ?? null,
    requestedAt: namespace.requestedAt,
    validDays: namespace.validDays,
    approvedAt: namespace.approvedAt,
    /** Null while nothing is in force: what was approved before is over. */
    validUntil:
      namespace.state === "approved" || namespace.state === "suspended" ? namespace.validUntil : null,
    stateAt: namespace.stateAt,
    children,
    seen: seen.map(({ clientId, firstAt, lastAt, allowed, refused }) => ({
      clientId: visibleText(clientId, 300),
      firstAt,
      lastAt,
      allowed,
      refused,
    })),
    /** Clients below the pattern that were decided on one by one: their own record wins. */
    decided: decided.filter((clientId) => matchPattern(pattern, clientId)),
    history,
    votes: votes.map((vote) => ({ ...vote, replaced: false, selection: null, leave: null })),
    missing: open ? Math.max(0, (solo ? 1 : requiredVotes("high", undefined)) - approvals) : 0,
    canVote: open && !obstacle,
    /** Why this person does not vote, in a sentence. */
    obstacle: open && obstacle ? obstacle.sentence : null,
    ownVote: own?.verdict ?? null,
    mayWithdraw:
      open && ((namespace.requestedBy === person.id && may(person, "register")) || may(person, "administer")),
    maySuspend: mayShrink && namespace.state === "approved",
    mayRetire: mayShrink && (namespace.state === "approved" || namespace.state === "suspended"),
    mayChange:
      namespace.state === "pending"
        ? namespace.requestedBy === person.id
        : (namespace.state === "approved" || namespace.state === "suspended") && mayShrink,
    mayRenew:
      may(person, "register") &&
      proposed === null &&
      (namespace.state === "approved" || namespace.state === "suspended"),
  };
}

export type NamespacePage = NonNullable<Awaited<ReturnType<typeof namespacePage>>>;

function explained(pattern: string): PatternWords | null {
  const { parsed } = parsePattern(pattern);
  return parsed ? explainPattern(parsed) : null;
}
