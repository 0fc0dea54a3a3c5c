import type { Actor } from "#lib/core/Actor.ts";
import { stillAsks } from "#lib/core/review/stillAsks.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import { resembler, vendorOf, type Named, type Resemblance } from "#lib/core/sighting/resembler.ts";
import type { Read } from "#lib/db/Database.ts";
import {
  listApprovedNamed,
  listSeenDays,
  listSightingServers,
  listUnknownClients,
  type SeenDay,
  type UnknownRow,
} from "#lib/db/queries/unknownClients.ts";
import { findAll } from "#lib/db/rows.ts";

export const unknownShows = ["all", "passed", "refused", "lookalike", "invalid", "aside"] as const;
/** Ready-made parts of the list: let pass somewhere, refused, resembling somebody, no client at all, put aside. */
export type UnknownShow = (typeof unknownShows)[number];

/** One unknown client_id, with what is known of it. Texts are made visible: anybody may have written them. */
export interface UnknownLine {
  readonly clientId: string;
  readonly shownId: string;
  readonly host: string;
  /** Its row in the inventory, where its document was looked for. */
  readonly rowId: string | null;
  /** What its document calls it; null while none was read. */
  readonly name: string | null;
  /** How reading its document ended; null while it was not tried, or cannot be. */
  readonly outcome: string | null;
  /** It could be registered: it is an https address. */
  readonly canBeClient: boolean;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly total: number;
  /** Questions on each of the last seven days, oldest first. */
  readonly days: readonly number[];
  readonly passed: number;
  readonly refused: number;
  readonly servers: readonly { readonly slug: string; readonly name: string }[];
  readonly looksLike: Resemblance | null;
  readonly vendor: string | null;
  /** What it asked for: places to be sent to, scopes, resources. */
  readonly redirects: readonly string[];
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /** Questions after which it is shown again; null: it is shown. */
  readonly asideUntil: number | null;
}

export interface UnknownHost {
  readonly host: string;
  readonly clients: number;
  readonly total: number;
  readonly vendor: string | null;
  readonly lines: readonly UnknownLine[];
}

export interface BlockedHost {
  readonly host: string;
  readonly reason: string;
  readonly at: Instant;
  readonly by: string | null;
  readonly liftAskedBy: string | null;
  readonly liftAskedByMe: boolean;
}

export interface UnknownClients {
  readonly now: Instant;
  readonly hosts: readonly UnknownHost[];
  /** Hosts that match in all. */
  readonly matching: number;
  readonly counts: Readonly<Record<UnknownShow, number>>;
  readonly blocked: readonly BlockedHost[];
  /** Servers that report what they are asked, and all that are connected. */
  readonly reporting: number;
  readonly servers: number;
  /** Servers that met more unknown client_ids within a day than are kept, with how many questions that were. */
  readonly flooded: readonly { readonly name: string; readonly leftOut: number }[];
  readonly mayRegister: boolean;
  readonly mayDeny: boolean;
  readonly mayReview: boolean;
}

const most = 2_000;
/** Lines of one host that are shown before it is opened. */
const fewLines = 4;
const week = 7;

interface Candidate extends UnknownRow {
  readonly likeness: Resemblance | null;
}

/** What servers met that nobody here has asked for, by host, the most asked for first, with what may be known of each. */
export async function unknownClients(
  db: Read,
  now: Instant,
  actor: Actor,
  ask: { show: UnknownShow; q: string; host?: string; server?: string; offset: number; limit: number },
): Promise<UnknownClients> {
  const [rows, approved, blocks, consumers, people, batches] = await Promise.all([
    listUnknownClients(db, most),
    listApprovedNamed(db),
    findAll(db, "hostBlock"),
    findAll(db, "consumer"),
    findAll(db, "person"),
    listSightingServers(db, now - day),
  ]);
  const likest = resembler(approved);
  const words = ask.q.toLowerCase().split(/\s+/).filter(Boolean);
  const blockedHosts = new Set(blocks.map(({ host }) => host));
  const found = rows
    .filter((row) => !blockedHosts.has(row.host) && (ask.host === undefined || row.host === ask.host))
    .filter((row) => {
      const text = `${row.clientId} ${row.name ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map((row): Candidate => ({ ...row, likeness: likenessOf(row, likest) }));
  const atServer = await seenAt(db, ask.server, found, now);
  const candidates = atServer ? found.filter(({ clientId }) => atServer.has(clientId)) : found;
  const counts = Object.fromEntries(
    unknownShows.map((show) => [show, candidates.filter((row) => isShown(row, show)).length]),
  ) as Record<UnknownShow, number>;
  const groups = [
    ...Map.groupBy(
      candidates.filter((row) => isShown(row, ask.show)),
      ({ host }) => host,
    ),
  ]
    .map(([host, members]) => ({ host, members, total: sum(members.map(totalOf)) }))
    .toSorted((a, b) => b.total - a.total || (a.host < b.host ? -1 : 1));
  const page = groups.slice(ask.offset, ask.offset + ask.limit);
  const shown = page.map(({ host, members, total }) => ({
    host,
    total,
    clients: members.length,
    lines: members
      .toSorted((a, b) => totalOf(b) - totalOf(a) || (a.clientId < b.clientId ? -1 : 1))
      .slice(0, ask.host === undefined ? fewLines : 200),
  }));
  const days = Map.groupBy(
    await listSeenDays(
      db,
      shown.flatMap(({ lines }) => lines.map(({ clientId }) => clientId)),
      startOfWeek(now),
    ),
    ({ clientId }) => clientId,
  );
  const nameOf = (id: string | null) => people.find((each) => each.id === id)?.name ?? null;
  return {
    now,
    hosts: shown.map(({ lines, host, ...rest }) => ({
      ...rest,
      host,
      vendor: vendorOf(lines[0]?.domain ?? "") ?? null,
      lines: lines.map((row) => lineOf(row, days.get(row.clientId) ?? [], now)),
    })),
    matching: groups.length,
    counts,
    blocked: blocks
      .map(({ host, reason, at, blockedBy, liftAskedBy }) => ({
        host,
        reason,
        at,
        by: nameOf(blockedBy),
        liftAskedBy: people.find((each) => each.id === liftAskedBy && stillAsks(each))?.name ?? null,
        liftAskedByMe: actor.kind === "person" && liftAskedBy === actor.id,
      }))
      .toSorted((a, b) => (a.host < b.host ? -1 : 1)),
    servers: consumers.length,
    reporting: batches.length,
    flooded: consumers.flatMap(({ id, name }) => {
      const leftOut = batches.find(({ consumerId }) => consumerId === id)?.leftOut ?? 0;
      return leftOut > 0 ? [{ name, leftOut }] : [];
    }),
    mayRegister: may(actor, "register"),
    mayDeny: may(actor, "shrink"),
    mayReview: may(actor, "review"),
  };
}

/** The clients that one server met within a week; undefined when every server is meant. */
async function seenAt(
  db: Read,
  server: string | undefined,
  rows: readonly UnknownRow[],
  now: Instant,
): Promise<Set<string> | undefined> {
  if (server === undefined) return undefined;
  const ids = rows.slice(0, 500).map(({ clientId }) => clientId);
  const days = await listSeenDays(db, ids, startOfWeek(now));
  return new Set(days.filter((each) => each.server === server).map(({ clientId }) => clientId));
}

function likenessOf(
  row: UnknownRow,
  likest: (unknown: Named) => Resemblance | undefined,
): Resemblance | null {
  if (row.host === "") return null;
  return likest({ ...row, name: row.name ?? row.host }) ?? null;
}

function isShown(row: Candidate, show: UnknownShow): boolean {
  const aside = isAside(row);
  if (show === "aside") return aside;
  if (aside) return false;
  if (show === "passed") return row.allowed > 0;
  if (show === "refused") return row.refused > 0;
  if (show === "lookalike") return row.likeness !== null;
  if (show === "invalid") return !canBeClient(row);
  return true;
}

function isAside(row: UnknownRow): boolean {
  return row.ignoreUntil !== null && totalOf(row) < row.ignoreUntil;
}

function canBeClient({ clientId, host }: UnknownRow): boolean {
  return host !== "" && clientId.startsWith("https://");
}

function totalOf({ allowed, refused }: { allowed: number; refused: number }): number {
  return allowed + refused;
}

function startOfWeek(now: Instant): Instant {
  return now - (now % day) - (week - 1) * day;
}

function lineOf(row: Candidate, seen: readonly SeenDay[], now: Instant): UnknownLine {
  const from = startOfWeek(now);
  const days = Array.from({ length: week }, () => 0);
  for (const each of seen) {
    const place = Math.floor((each.day - from) / day);
    if (place >= 0 && place < week) days[place] = (days[place] ?? 0) + totalOf(each);
  }
  const texts = (pick: (each: SeenDay) => readonly string[]) =>
    [...new Set(seen.flatMap(pick))].map((text) => visibleText(text, 160)).slice(0, 6);
  const isRead = row.outcome === "ok" || row.outcome === "not_modified";
  return {
    clientId: row.clientId,
    shownId: visibleText(row.clientId, 300),
    host: row.host,
    rowId: row.rowId,
    name: isRead && row.name !== null && row.name !== row.host ? visibleText(row.name, 80) : null,
    outcome: row.outcome,
    canBeClient: canBeClient(row),
    firstAt: row.firstAt,
    lastAt: row.lastAt,
    total: totalOf(row),
    days,
    passed: sum(seen.map(({ allowed }) => allowed)),
    refused: sum(seen.map(({ refused }) => refused)),
    servers: [
      ...new Map(seen.map(({ slug, server }) => [`${slug} ${server}`, { slug, name: server }])).values(),
    ],
    looksLike: row.likeness && { ...row.likeness, name: visibleText(row.likeness.name, 80) },
    vendor: vendorOf(row.domain) ?? null,
    redirects: texts(({ shape }) => (shape.redirect_uri === undefined ? [] : [shape.redirect_uri])),
    scopes: texts(({ shape }) => shape.scopes ?? []),
    resources: texts(({ shape }) => shape.resource ?? []),
    asideUntil: isAside(row) ? row.ignoreUntil : null,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
