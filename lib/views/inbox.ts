import type { PersonActor } from "#lib/core/Actor.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { voteSubject } from "#lib/core/namespace/voteSubject.ts";
import { mayVote } from "#lib/core/review/mayVote.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientsInTrouble } from "#lib/db/queries/listClientsInTrouble.ts";
import { listGrowth } from "#lib/db/queries/listGrowth.ts";
import { listOpenNamespaces } from "#lib/db/queries/listOpenNamespaces.ts";
import { listOpenRequests, type OpenRequest } from "#lib/db/queries/listOpenRequests.ts";
import { listStandingVotes } from "#lib/db/queries/listStandingVotes.ts";
import { urgentFindings, type ListedFinding } from "#lib/db/queries/pageOfFindings.ts";
import { findAll, type Row } from "#lib/db/rows.ts";
import type { RequestKind } from "#lib/db/schema.ts";
import { askedItems } from "./inboxAsks.ts";
import { copyItems } from "./inboxCopies.ts";
import type { InboxItem } from "./InboxItem.ts";
import { audienceStates, type AudienceState } from "./servers/audienceStates.ts";

export interface Inbox {
  readonly now: Instant;
  readonly items: readonly InboxItem[];
}

const asks: Record<RequestKind, (name: string) => string> = {
  approve: (name) => `${name} asks to be approved`,
  change: (name) => `${name} now asks for more`,
  unsuspend: (name) => `${name}: lift the suspension?`,
  unblock: (name) => `${name}: lift the block?`,
};

const asksAccess = (name: string) => `${name} asks for other access`;

const severities = ["critical", "high", "medium", "low", "info"] as const;

/** Everything that waits for this person, the most serious and then the oldest first within each part. */
export async function inbox(db: Read, now: Instant, person: PersonActor, solo: boolean): Promise<Inbox> {
  const [open, findings, troubled, audiences, copies, asked, growth] = await Promise.all([
    listOpenRequests(db),
    urgentFindings(db, { asker: person, seconds: may(person, "review"), now, limit: 200 }),
    listClientsInTrouble(db, 500),
    audienceStates(db, now),
    copyItems(db, now, person, solo),
    askedItems(db, now, person, solo),
    listGrowth(db),
  ]);
  const votes = await listStandingVotes(
    db,
    open.map(({ request }) => request.id),
  );
  const requests = open.flatMap((each) =>
    requestItem(each, gravest(each.client, growth), votes, person, solo),
  );
  const listed = new Set(requests.map((item) => item.key));
  const covering = new Map(open.map(({ request, client }) => [client.id, request]));
  const withCopy = new Set(copies.flatMap(({ part, subject }) => (part === "copies" ? [idOf(subject)] : [])));
  const clients = troubled
    .filter((client) => !listed.has(covering.get(client.id)?.id ?? ""))
    // What to do about a copy says more than that the document cannot be read.
    .filter((client) => client.sync === "gone" || !withCopy.has(client.id))
    .flatMap((client) => clientItem(client, gravest(client, growth), covering.has(client.id), person));
  const servers = person.role === "admin" || person.role === "reviewer" ? audiences.flatMap(serverItems) : [];
  const namespaces = (
    await Promise.all((await listOpenNamespaces(db)).map((each) => namespaceItem(db, each, person, solo)))
  ).flat();
  const items = [
    ...requests,
    ...namespaces,
    ...asked,
    ...copies,
    ...findingItems(findings, person, now, solo),
    ...clients,
    ...servers,
  ];
  items.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.at - b.at);
  return { now, items };
}

/** What a held document asks for may be graver than the client was when it was approved. */
function gravest(
  { id, riskTier, sync }: Row<"client">,
  growth: Awaited<ReturnType<typeof listGrowth>>,
): InboxItem["severity"] {
  if (sync !== "held") return riskTier;
  const grown = growth.flatMap(({ clientRowId, severity }) => (clientRowId === id ? [severity] : []));
  return severities.find((each) => each === riskTier || grown.includes(each)) ?? riskTier;
}

function idOf(subject: InboxItem["subject"]): string | undefined {
  return "id" in subject ? subject.id : undefined;
}

function requestItem(
  { request, client, digest, errors }: OpenRequest,
  severity: InboxItem["severity"],
  votes: readonly Row<"vote">[],
  person: PersonActor,
  solo: boolean,
): InboxItem[] {
  const standing = votes.filter((vote) => vote.requestId === request.id && vote.digest === digest);
  const voted = standing.some((vote) => vote.personId === person.id);
  const obstacle = mayVote(person, { ...request, lastEditedBy: client.lastEditedBy, digest }, digest, solo);
  const canVote = !obstacle && !voted;
  const mine = request.requestedBy === person.id;
  if (!canVote && !mine) return [];
  const needed = solo ? 1 : request.requiredVotes;
  const missing = Math.max(1, needed - standing.filter((vote) => vote.verdict === "approve").length);
  const more = `${missing} more ${missing === 1 ? "vote" : "votes"} needed`;
  const note = errors > 0 ? `the document is invalid: it cannot be approved as it is` : more;
  return [
    {
      key: request.id,
      part: canVote ? "decide" : "mine",
      severity,
      title: (request.kind === "change" && request.requestedBy !== null ? asksAccess : asks[request.kind])(
        visibleText(client.name, 80),
      ),
      note: canVote ? `Review · ${note}` : voted ? `You voted · ${note}` : `Asked by you · ${note}`,
      at: request.requestedAt,
      subject: { kind: "request", number: request.number, canVote },
    },
  ];
}

/** A namespace lets clients in unseen, so it always counts as high. */
async function namespaceItem(
  db: Read,
  namespace: Row<"namespace">,
  person: PersonActor,
  solo: boolean,
): Promise<InboxItem[]> {
  const subject = voteSubject(namespace);
  const standing = await findAll(db, "namespaceVote", { namespaceId: namespace.id, voidedAt: null });
  const voted = standing.some((vote) => vote.personId === person.id && vote.digest === subject.digest);
  const canVote = !mayVote(person, subject, subject.digest, solo) && !voted;
  if (!canVote && !voted && namespace.requestedBy !== person.id) return [];
  const asks = namespace.state === "pending" ? "asks to be approved" : "asks for more, or for longer";
  return [
    {
      key: namespace.id,
      part: canVote ? "decide" : "mine",
      severity: "high",
      title: `Namespace ${visibleText(namespace.name, 60)} ${asks}`,
      note: `${canVote ? "Review" : voted ? "You voted" : "Asked by you"} · ${namespace.pattern}`,
      at: namespace.requestedAt,
      subject: { kind: "namespace", number: namespace.number, canVote },
    },
  ];
}

function findingItems(
  findings: readonly ListedFinding[],
  person: PersonActor,
  now: Instant,
  solo: boolean,
): InboxItem[] {
  return findings.flatMap(({ finding, client, assignee }) => {
    const { proposal } = finding;
    const seconds = proposal !== null && may(person, "review") && (solo || proposal.by !== person.id);
    // One's own proposal waits for others.
    if (proposal !== null && !seconds) return [];
    const due = finding.state === "open" ? (finding.acknowledgeBy ?? finding.decideBy) : finding.decideBy;
    const name = client ? visibleText(client.name, 60) : finding.host;
    const verb = finding.state === "open" ? "acknowledge" : "decide";
    const note =
      proposal !== null
        ? `${proposal.kind === "dismiss" ? "Dismissal" : "Waiver"} proposed · confirm or decline it`
        : due !== null && due <= now
          ? `Late to ${verb} · ${assignee?.name ?? "nobody has it"}`
          : `F-${finding.number}${assignee ? ` · ${assignee.name}` : " · nobody has it"}`;
    return [
      {
        key: finding.id,
        part: "findings" as const,
        severity: finding.severity,
        title: `${name}: ${visibleText(finding.message, 90)}`,
        note,
        at: finding.regressedAt ?? finding.firstSeenAt,
        subject: { kind: "finding" as const, number: finding.number },
      },
    ];
  });
}

function clientItem(
  client: Row<"client">,
  severity: InboxItem["severity"],
  inReview: boolean,
  person: PersonActor,
): InboxItem[] {
  const own = client.ownerTeamId !== null && person.teamIds.includes(client.ownerTeamId);
  const everyone = person.role === "reviewer" || person.role === "admin";
  if (!own && !everyone) return [];
  const name = visibleText(client.name, 80);
  const base = { key: client.id, subject: { kind: "client", id: client.id } as const };
  if (client.sync === "held" && inReview && !own) return [];
  if (client.sync === "held")
    return [
      {
        ...base,
        part: "held",
        severity,
        title: `${name}: the document grew`,
        note: inReview
          ? "In review · your team owns it: tell the reviewers whether it was meant"
          : "No request is open · ask the owner, or open one",
        at: client.updatedAt,
      },
    ];
  const [words, advice] = unread[client.sync as keyof typeof unread] ?? ["cannot be read", ""];
  return [
    {
      ...base,
      part: "unread",
      severity: client.sync === "gone" ? "high" : "low",
      title: `${name} ${words}`,
      note: advice,
      at: client.failingSince ?? client.lastFetchedAt ?? client.updatedAt,
    },
  ];
}

const unread = {
  challenged: [
    "answers with a bot challenge",
    "The last good copy stays · attest by hand or ask for an exception",
  ],
  unreachable: ["cannot be reached", "The last good copy stays · nothing was removed"],
  gone: ["is gone from its address", "Ask the owner whether it was retired"],
} as const;

function serverItems(audience: AudienceState): InboxItem[] {
  return audience.servers.flatMap((server) => {
    const severity = serious[server.condition];
    if (!severity) return [];
    return [
      {
        key: server.id,
        part: "servers" as const,
        severity,
        title: `${server.name}: ${titles[server.condition] ?? server.condition}`,
        note: server.sentence,
        at: server.behindSince ?? server.reportedAt ?? server.connectedAt,
        subject: { kind: "server" as const, slug: audience.slug },
      },
    ];
  });
}

const serious: Partial<Record<string, InboxItem["severity"]>> = {
  divergent: "critical",
  failing: "high",
  stale: "high",
  behind: "medium",
  silent: "low",
  never: "info",
};

const titles: Partial<Record<string, string>> = {
  divergent: "runs a release nobody signed here",
  failing: "refused the newest release",
  stale: "is not reporting",
  behind: "is behind",
  silent: "pulls but never reports",
  never: "has never pulled its list",
};
