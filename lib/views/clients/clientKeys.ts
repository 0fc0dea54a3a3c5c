import { visibleText } from "#lib/core/document/visibleText.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { defaultOverlap } from "#lib/core/drift/keyDrift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { keyTimeline, type Timeline, type TimelineLine } from "#lib/core/keyTimeline/keyTimeline.ts";
import { kindOfKey } from "#lib/core/keyTimeline/kindOfKey.ts";
import type { KeyLife } from "#lib/core/keyTimeline/KeyLife.ts";
import { keyStateOf, type KeyState } from "#lib/core/keyTimeline/keyState.ts";
import { livesFromSnapshots } from "#lib/core/keyTimeline/livesFromSnapshots.ts";
import { versionsOver } from "#lib/core/keyTimeline/versionsOver.ts";
import { keyAgeOf } from "#lib/core/watch/time/keyAge.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientChanges } from "#lib/db/queries/listClientChanges.ts";
import { listClientSnapshots } from "#lib/db/queries/listClientSnapshots.ts";
import { listKeyHolders, type KeyHolder } from "#lib/db/queries/listKeyHolders.ts";
import { listSnapshotFacts } from "#lib/db/queries/listSnapshotFacts.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

export interface KeyLine {
  /** RFC 7638 thumbprint; null when the key cannot have one. */
  readonly jkt: string | null;
  readonly kid: string | null;
  readonly kind: string;
  readonly alg: string | null;
  readonly use: string | null;
  /** Names of private members that are published now. */
  readonly leaking: readonly string[];
  readonly inLive: boolean;
  /** In the approved copy, and accepted. */
  readonly inApproved: boolean;
  /** Null for a key that was announced and has not come. */
  readonly firstSeenAt: Instant | null;
  readonly removedAt: Instant | null;
  /** Null without a thumbprint. */
  readonly line: TimelineLine | null;
  /** Null without a thumbprint. */
  readonly state: KeyState | null;
  /** Other clients that publish it now. */
  readonly sharedWith: readonly { id: string; clientId: string }[];
}

export interface AnnouncementLine {
  readonly id: string;
  readonly jkt: string;
  readonly note: string;
  readonly expectedBy: Instant;
  readonly announcedBy: string | null;
  /** The second person; without one the key waits for a decision when it appears. */
  readonly confirmedBy: string | null;
  readonly at: Instant;
  readonly state: "waiting" | "missed" | "matched" | "withdrawn";
  readonly matchedAt: Instant | null;
}

export interface ClientKeys {
  readonly now: Instant;
  /** "inline", the jwks_uri, or null when it names no keys. */
  readonly source: string | null;
  /** W: how long a successor should be visible before the old key goes, in milliseconds. */
  readonly overlap: number;
  readonly timeline: Timeline;
  /** Newest first; what is announced comes first. */
  readonly keys: readonly KeyLine[];
  /** Newest first. */
  readonly announcements: readonly AnnouncementLine[];
}

/** Every key a client ever published, and the ones its owner announced. */
export async function clientKeys(db: Read, now: Instant, id: string): Promise<ClientKeys> {
  const client = await find(db, "client", { id });
  const [lives, announcements] = await Promise.all([
    livesOf(db, client, id),
    findAll(db, "announcement", { clientRowId: id }),
  ]);
  const snapshots = await listSnapshotFacts(
    db,
    [client?.liveSnapshotId, client?.approvedSnapshotId].flatMap((each) => each ?? []),
  );
  const keysOf = (snapshotId: string | null | undefined) =>
    (snapshotId && snapshots.get(snapshotId)?.keys) || [];
  const live = keysOf(client?.liveSnapshotId);
  const leftOut = new Set(
    client?.approvedExcept?.map(({ member, value }) => (member === "keys" ? value : "")),
  );
  const approved = keysOf(client?.approvedSnapshotId).filter(
    ({ jkt }) => jkt === undefined || !leftOut.has(jkt),
  );
  const timeline = keyTimeline(lives, announcements, { overlap: defaultOverlap, now });
  const holders = await listKeyHolders(
    db,
    lives.flatMap(({ jkt, removedAt }) => (removedAt === null ? jkt : [])),
  );
  const shown = client?.liveSnapshotId
    ? await find(db, "snapshot", { id: client.liveSnapshotId })
    : undefined;
  const about = { now, live, approved, holders: holders.filter((each) => each.clientRowId !== id) };
  return {
    now,
    source: shown?.keySetSource ?? null,
    overlap: defaultOverlap,
    timeline,
    keys: [
      ...live.filter(({ jkt }) => jkt === undefined).map(unnamed),
      ...timeline.lines.toReversed().map((line) => keyLine(line, about)),
    ],
    announcements: await announcementLines(db, now, announcements),
  };
}

/** The announcements of a client, newest first. */
export async function clientAnnouncements(db: Read, now: Instant, id: string): Promise<AnnouncementLine[]> {
  return announcementLines(db, now, await findAll(db, "announcement", { clientRowId: id }));
}

/** As they are kept; for a client whose keys were never followed, as its snapshots tell. */
async function livesOf(db: Read, client: Row<"client"> | undefined, id: string): Promise<KeyLife[]> {
  const kept = await findAll(db, "clientKey", { clientRowId: id });
  if (kept.length > 0 || !client) return kept;
  const [snapshots, changes] = await Promise.all([
    listClientSnapshots(db, id, 200),
    listClientChanges(db, id),
  ]);
  const fetched = snapshots.filter((each) => each.id === client.liveSnapshotId || !each.attested);
  const facts = await listSnapshotFacts(
    db,
    fetched.map((each) => each.id),
  );
  return livesFromSnapshots(
    versionsOver(fetched, changes).map(({ at, snapshotId }) => ({
      at,
      keys: facts.get(snapshotId)?.keys ?? [],
    })),
    client.lastFetchedAt,
  );
}

function keyLine(
  line: TimelineLine,
  about: {
    now: Instant;
    live: readonly ParsedKey[];
    approved: readonly ParsedKey[];
    holders: readonly KeyHolder[];
  },
): KeyLine {
  const shown = about.live.find(({ jkt }) => jkt === line.jkt);
  const announced = line.lastSeenAt === null;
  const age = announced || line.removedAt !== null ? null : keyAgeOf(about.now - line.firstSeenAt);
  const sharedWith = about.holders
    .filter(({ jkt }) => jkt === line.jkt && line.removedAt === null)
    .map(({ clientRowId, clientId }) => ({ id: clientRowId, clientId }));
  return {
    jkt: line.jkt,
    kid: line.kid,
    kind: line.kind,
    alg: shown?.alg ? visibleText(shown.alg, 20) : null,
    use: shown?.use ? visibleText(shown.use, 20) : null,
    leaking: shown?.privateMembers ?? [],
    inLive: shown !== undefined,
    inApproved: about.approved.some(({ jkt }) => jkt === line.jkt),
    firstSeenAt: announced ? null : line.firstSeenAt,
    removedAt: line.removedAt,
    line,
    state: keyStateOf({ fate: line.fate ?? "sole", age, shared: sharedWith.length > 0 }),
    sharedWith,
  };
}

/** A key without a thumbprint: nobody can follow it over time. */
function unnamed(key: ParsedKey): KeyLine {
  return {
    jkt: null,
    kid: key.kid ? visibleText(key.kid, 60) : null,
    kind: kindOfKey(key),
    alg: key.alg ? visibleText(key.alg, 20) : null,
    use: key.use ? visibleText(key.use, 20) : null,
    leaking: key.privateMembers,
    inLive: true,
    inApproved: false,
    firstSeenAt: null,
    removedAt: null,
    line: null,
    state: null,
    sharedWith: [],
  };
}

async function announcementLines(
  db: Read,
  now: Instant,
  rows: readonly Row<"announcement">[],
): Promise<AnnouncementLine[]> {
  const names = new Map<string, string>();
  for (const id of new Set(
    rows.flatMap(({ announcedBy, confirmedBy }) => [announcedBy ?? [], confirmedBy ?? []].flat()),
  )) {
    const person = await find(db, "person", { id });
    if (person) names.set(id, person.name);
  }
  return rows
    .toSorted((a, b) => b.at - a.at)
    .map((row) => ({
      id: row.id,
      jkt: row.jkt,
      note: visibleText(row.note, 500),
      expectedBy: row.expectedBy,
      announcedBy: row.announcedBy === null ? null : (names.get(row.announcedBy) ?? null),
      confirmedBy: row.confirmedBy === null ? null : (names.get(row.confirmedBy) ?? null),
      at: row.at,
      state: stateOf(row, now),
      matchedAt: row.matchedAt,
    }));
}

function stateOf(
  { matchedAt, withdrawnAt, expectedBy }: Row<"announcement">,
  now: Instant,
): AnnouncementLine["state"] {
  if (matchedAt !== null) return "matched";
  if (withdrawnAt !== null) return "withdrawn";
  return expectedBy < now ? "missed" : "waiting";
}
