import type { PersonActor } from "#lib/core/Actor.ts";
import type { Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { adviseUnread, type CopyState, type UnreadAdvice } from "#lib/core/explain/adviseUnread.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import type { Read } from "#lib/db/Database.ts";
import { listSnapshotFacts } from "#lib/db/queries/listSnapshotFacts.ts";
import {
  lastGoodFetches,
  listStandingCopies,
  listUnreadClients,
  type UnreadClient,
} from "#lib/db/queries/listUnreadClients.ts";
import type { Row } from "#lib/db/rows.ts";

export const unreadShows = ["all", "challenged", "unreachable", "gone", "never_fetched", "waiting"] as const;
/** Ready-made parts of the list; `waiting` is copies that wait for a second person or are past their date. */
export type UnreadShow = (typeof unreadShows)[number];

export interface UnreadLine {
  readonly id: string;
  /** Made visible: the document's publisher wrote it. */
  readonly name: string;
  readonly clientId: string;
  readonly host: string;
  readonly lifecycle: Lifecycle;
  readonly riskTier: RiskTier;
  readonly sync: Sync;
  readonly outcome: FetchOutcome | null;
  readonly failures: number;
  readonly since: Instant | null;
  readonly nextFetchAt: Instant | null;
  readonly owner: string | null;
  /** When the copy that stands was last known to be what is served; null without one. */
  readonly lastGoodAt: Instant | null;
  readonly copy: CopyState;
  /** Number of the snapshot that stands in, or that waits. */
  readonly snapshot: number | null;
  /** Number of the live snapshot. */
  readonly live: number | null;
  readonly renewBy: Instant | null;
  readonly advice: UnreadAdvice;
  /** This person may upload a copy, and fetch. */
  readonly mayUpload: boolean;
  readonly mayFetch: boolean;
}

/** Clients of one host that cannot be read, told as one. */
export interface UnreadHost {
  readonly host: string;
  readonly clients: number;
  readonly since: Instant | null;
  readonly syncs: readonly Sync[];
}

export interface Unreachable {
  readonly now: Instant;
  /** In order: a host speaks for its clients where there are many. */
  readonly rows: readonly (
    | { readonly kind: "client"; readonly line: UnreadLine }
    | { readonly kind: "host"; readonly group: UnreadHost }
  )[];
  readonly matching: number;
  readonly counts: Readonly<Record<UnreadShow, number>>;
}

const unread: readonly Sync[] = ["challenged", "unreachable", "gone", "never_fetched"];
/** From so many clients on a host is told as one. */
const many = 4;
const most = 5_000;

/** Every client whose document cannot be read, the longest first, with what stands in for it and what to do. */
export async function unreachable(
  db: Read,
  now: Instant,
  person: PersonActor,
  ask: { show: UnreadShow; q: string; host?: string; offset: number; limit: number },
): Promise<Unreachable> {
  const [clients, copies] = await Promise.all([listUnreadClients(db, unread, most), listStandingCopies(db)]);
  const copiesOf = Map.groupBy(copies, ({ clientRowId }) => clientRowId);
  const words = ask.q.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = Object.fromEntries(unreadShows.map((show) => [show, 0])) as Record<UnreadShow, number>;
  const matching: { client: UnreadClient; copy: Copy }[] = [];
  for (const client of clients) {
    if (ask.host !== undefined && client.host !== ask.host) continue;
    const text = `${client.name} ${client.clientId} ${client.owner ?? ""}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const copy = copyOf(client, copiesOf.get(client.id) ?? [], now);
    for (const show of unreadShows) if (isShown(client, copy, show)) counts[show]++;
    if (isShown(client, copy, ask.show)) matching.push({ client, copy });
  }
  const grouped = ask.host === undefined && words.length === 0 ? group(matching) : matching.map(asClient);
  const page = grouped.slice(ask.offset, ask.offset + ask.limit);
  return { now, rows: await asRows(db, person, page), matching: grouped.length, counts };
}

interface Copy {
  readonly state: CopyState;
  readonly row?: Row<"attestation">;
}

function copyOf(client: UnreadClient, copies: readonly Row<"attestation">[], now: Instant): Copy {
  const waiting = copies.find(({ state }) => state === "waiting");
  if (waiting) return { state: "waiting", row: waiting };
  const attested = copies.find(
    ({ state, snapshotId }) => state === "attested" && snapshotId === client.liveSnapshotId,
  );
  if (attested) return { state: (attested.renewBy ?? now) < now ? "overdue" : "attested", row: attested };
  return { state: client.liveSnapshotId === null ? "none" : "last_good" };
}

function isShown({ sync }: UnreadClient, { state }: Copy, show: UnreadShow): boolean {
  if (show === "all") return true;
  return show === "waiting" ? state === "waiting" || state === "overdue" : sync === show;
}

type Found =
  | { readonly kind: "client"; readonly client: UnreadClient; readonly copy: Copy }
  | { readonly kind: "host"; readonly group: UnreadHost };

function asClient({ client, copy }: { client: UnreadClient; copy: Copy }): Found {
  return { kind: "client", client, copy };
}

function group(found: readonly { client: UnreadClient; copy: Copy }[]): Found[] {
  const hosts = Map.groupBy(found, ({ client }) => client.host);
  const told = new Set<string>();
  return found.flatMap((each): Found[] => {
    const { host } = each.client;
    const members = hosts.get(host) ?? [];
    if (members.length < many) return [asClient(each)];
    if (told.has(host)) return [];
    told.add(host);
    const since = members.flatMap(({ client }) => client.failingSince ?? []);
    return [
      {
        kind: "host",
        group: {
          host,
          clients: members.length,
          since: since.length > 0 ? Math.min(...since) : null,
          syncs: [...new Set(members.map(({ client }) => client.sync))],
        },
      },
    ];
  });
}

async function asRows(db: Read, person: PersonActor, page: readonly Found[]): Promise<Unreachable["rows"]> {
  const shown = page.flatMap((each) => (each.kind === "client" ? [each] : []));
  const ids = shown.map(({ client }) => client.id);
  const [good, snapshots] = await Promise.all([
    lastGoodFetches(db, ids),
    listSnapshotFacts(
      db,
      shown.flatMap(({ client, copy }) => [copy.row?.snapshotId ?? [], client.liveSnapshotId ?? []].flat()),
    ),
  ]);
  return page.map((each) => {
    if (each.kind === "host") return each;
    const { client, copy } = each;
    const { failingSince, ownerTeamId, liveSnapshotId, ...rest } = client;
    const vouched = copy.state === "attested" || copy.state === "overdue";
    const own = ownerTeamId !== null && person.teamIds.includes(ownerTeamId) && person.role !== "auditor";
    const line: UnreadLine = {
      ...rest,
      name: visibleText(client.name, 80),
      since: failingSince,
      lastGoodAt: vouched
        ? (copy.row?.decidedAt ?? null)
        : (good.get(client.id) ?? snapshots.get(liveSnapshotId ?? "")?.firstSeenAt ?? null),
      copy: copy.state,
      snapshot: snapshots.get(copy.row?.snapshotId ?? liveSnapshotId ?? "")?.number ?? null,
      live: snapshots.get(liveSnapshotId ?? "")?.number ?? null,
      renewBy: vouched ? (copy.row?.renewBy ?? null) : null,
      advice: adviseUnread(client.sync, client.outcome, copy.state),
      mayUpload: own || may(person, "shrink"),
      mayFetch: may(person, "register"),
    };
    return { kind: "client", line };
  });
}
