import type { Instant } from "#lib/core/Instant.ts";
import { isOpen, standingOf } from "#lib/core/namespace/standing.ts";
import { voteSubject } from "#lib/core/namespace/voteSubject.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { countChildren } from "#lib/db/queries/countChildren.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { namespaceVotes } from "./namespaceVotes.ts";
import { tryNamespace, type NamespaceTrial } from "./tryNamespace.ts";

/** One namespace as a program reads it, with the digest that votes bind to. Refuses one that does not exist. */
export async function namespaceRecord(db: Read, now: Instant, number: number) {
  const namespace = await namespaceBy(db, number);
  const { ownerTeamId, requestedBy, constraints, proposed } = namespace;
  const [team, requester, children, votes] = await Promise.all([
    ownerTeamId ? find(db, "team", { id: ownerTeamId }) : undefined,
    requestedBy ? find(db, "person", { id: requestedBy }) : undefined,
    countChildren(db, namespace.id),
    namespaceVotes(db, namespace),
  ]);
  return {
    number,
    pattern: namespace.pattern,
    name: namespace.name,
    standing: standingOf(namespace, now),
    /** Something about it waits for votes. */
    waits: isOpen(namespace),
    digest: voteSubject(namespace).digest,
    constraints,
    /** What waits beside what is in force; null where nothing does, or the namespace itself waits. */
    proposed,
    ownerTeam: team ? { id: team.id, name: team.name } : null,
    sponsor: namespace.sponsor,
    purpose: namespace.purpose,
    reason: namespace.reason,
    requestedBy: requester?.name ?? null,
    requestedAt: namespace.requestedAt,
    validDays: namespace.validDays,
    approvedAt: namespace.approvedAt,
    validUntil:
      namespace.state === "approved" || namespace.state === "suspended" ? namespace.validUntil : null,
    children,
    votes: votes.map(({ person, verdict, reason, at, counts }) => ({ person, verdict, reason, at, counts })),
    revision: namespace.revision,
  };
}

/** Whether a client_id would be a client of the namespace of this number, and what it could do. */
export async function tryNamespaceOf(
  db: Read,
  now: Instant,
  number: number,
  asked: { readonly clientId: string; readonly redirectUri?: string },
): Promise<NamespaceTrial> {
  return tryNamespace(db, now, await namespaceBy(db, number), asked);
}

async function namespaceBy(db: Read, number: number): Promise<Row<"namespace">> {
  const namespace = await find(db, "namespace", { number });
  if (!namespace) throw new Refusal("not_found", `There is no namespace ${number}.`);
  return namespace;
}
