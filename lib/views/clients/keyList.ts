import type { PersonActor } from "#lib/core/Actor.ts";
import type { Lifecycle } from "#lib/core/client.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { defaultOverlap } from "#lib/core/drift/keyDrift.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import { judgeKey } from "#lib/core/keyTimeline/judgeKey.ts";
import { keyStateOf, keyUrgency, needsLook, type KeyState } from "#lib/core/keyTimeline/keyState.ts";
import { may } from "#lib/core/may.ts";
import { dayText } from "#lib/core/keyTimeline/timeWords.ts";
import { keyAgeOf } from "#lib/core/watch/time/keyAge.ts";
import type { Read } from "#lib/db/Database.ts";
import { listKeyRows, type AnnouncedRow, type KeyClient, type KeyRow } from "#lib/db/queries/listKeyRows.ts";

export const keyShows = [
  "used",
  "look",
  "overdue",
  "shared",
  "leaked",
  "missed",
  "announced",
  "removed",
] as const;
/** Ready-made parts of the list: `used` is what is published or announced, `look` what somebody should look at. */
export type KeyShow = (typeof keyShows)[number];

export const keySorts = ["urgency", "client", "age"] as const;
export type KeySort = (typeof keySorts)[number];

export interface KeyListLine {
  readonly clientRowId: string;
  /** Made visible: the document's publisher wrote it. */
  readonly clientName: string;
  readonly clientId: string;
  readonly lifecycle: Lifecycle;
  readonly owner: string | null;
  readonly jkt: string;
  readonly kid: string | null;
  readonly kind: string;
  /** Null while it is only announced. */
  readonly firstSeenAt: Instant | null;
  readonly removedAt: Instant | null;
  readonly expectedBy: Instant | null;
  readonly state: KeyState;
  /** A sentence about the state. */
  readonly words: string;
  /** How many other clients publish it. */
  readonly sharedWith: number;
}

export interface KeyList {
  readonly now: Instant;
  readonly lines: readonly KeyListLine[];
  readonly matching: number;
  readonly counts: Readonly<Record<KeyShow, number>>;
  /** Clients whose keys this person may announce, by name; at most three hundred. */
  readonly announceFor: readonly { readonly id: string; readonly name: string; readonly clientId: string }[];
}

/** How long a key that left is listed. */
const remembered = 180 * day;

/** The keys of every client, the most urgent first, one page of those that match. */
export async function keyList(
  db: Read,
  now: Instant,
  person: PersonActor,
  ask: { show: KeyShow; q: string; sort: KeySort; descending: boolean; offset: number; limit: number },
): Promise<KeyList> {
  const { keys, announced, clients } = await listKeyRows(db, now - remembered);
  const lines = judge(keys, announced, clients, now);
  const words = ask.q.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = Object.fromEntries(keyShows.map((show) => [show, 0])) as Record<KeyShow, number>;
  const matching: KeyListLine[] = [];
  for (const line of lines) {
    if (words.length > 0 && !words.every((word) => searched(line).includes(word))) continue;
    for (const show of keyShows) if (isShown(line, show, now)) counts[show]++;
    if (isShown(line, ask.show, now)) matching.push(line);
  }
  sort(matching, ask, now);
  return {
    now,
    lines: matching.slice(ask.offset, ask.offset + ask.limit),
    matching: matching.length,
    counts,
    announceFor: choices(person, clients),
  };
}

function choices(person: PersonActor, clients: ReadonlyMap<string, KeyClient>): KeyList["announceFor"] {
  const steward = may(person, "shrink");
  if (!steward && !may(person, "register")) return [];
  return [...clients.values()]
    .filter(({ ownerTeamId }) => steward || (ownerTeamId !== null && person.teamIds.includes(ownerTeamId)))
    .map(({ id, name, clientId }) => ({ id, name: visibleText(name, 60), clientId }))
    .toSorted(
      (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.clientId, b.clientId),
    )
    .slice(0, 300);
}

function judge(
  keys: readonly KeyRow[],
  announced: readonly AnnouncedRow[],
  clients: ReadonlyMap<string, KeyClient>,
  now: Instant,
): KeyListLine[] {
  const holders = new Map<string, number>();
  for (const { jkt, removedAt, clientRowId } of keys)
    if (removedAt === null && clients.has(clientRowId)) holders.set(jkt, (holders.get(jkt) ?? 0) + 1);
  const byClient = Map.groupBy(keys, ({ clientRowId }) => clientRowId);
  const lines: KeyListLine[] = [];
  for (const [clientRowId, lives] of byClient) {
    const client = clients.get(clientRowId);
    if (!client) continue;
    for (const key of lives) {
      const { fate, words } = judgeKey(key, lives, { overlap: defaultOverlap, now });
      const sharedWith = key.removedAt === null ? (holders.get(key.jkt) ?? 1) - 1 : 0;
      const age = key.removedAt === null ? keyAgeOf(now - key.firstSeenAt) : null;
      lines.push({
        ...whose(client),
        jkt: key.jkt,
        kid: key.kid === null ? null : visibleText(key.kid, 60),
        kind: key.kind,
        firstSeenAt: key.firstSeenAt,
        removedAt: key.removedAt,
        expectedBy: null,
        state: keyStateOf({ fate, age, shared: sharedWith > 0 }),
        words,
        sharedWith,
      });
    }
  }
  for (const { clientRowId, jkt, expectedBy } of announced) {
    const client = clients.get(clientRowId);
    if (!client) continue;
    const missed = expectedBy < now;
    lines.push({
      ...whose(client),
      jkt,
      kid: null,
      kind: "announced",
      firstSeenAt: null,
      removedAt: null,
      expectedBy,
      state: missed ? "missed" : "announced",
      words: missed
        ? `Announced for ${dayText(expectedBy)}, and it has not appeared.`
        : `It should appear by ${dayText(expectedBy)}.`,
      sharedWith: 0,
    });
  }
  return lines;
}

function whose({ id, name, clientId, lifecycle, owner }: KeyClient) {
  return { clientRowId: id, clientName: visibleText(name, 80), clientId, lifecycle, owner };
}

function searched({ clientName, clientId, kid, jkt, owner, kind }: KeyListLine): string {
  return `${clientName} ${clientId} ${kid ?? ""} ${owner ?? ""} ${kind}`
    .toLowerCase()
    .concat(` ${jkt.toLowerCase()}`);
}

const gaps: readonly KeyState[] = ["swapped", "cutover", "emptied", "early"];

function isShown({ state, removedAt, sharedWith }: KeyListLine, show: KeyShow, now: Instant): boolean {
  switch (show) {
    case "used":
      return removedAt === null;
    case "look":
      return needsLook(state, removedAt, now);
    case "shared":
      return sharedWith > 0;
    case "missed":
      return gaps.includes(state);
    case "announced":
      return state === "announced" || state === "missed";
    case "removed":
      return removedAt !== null;
    default:
      return state === show;
  }
}

function sort(
  lines: KeyListLine[],
  { sort: by, descending }: { sort: KeySort; descending: boolean },
  now: Instant,
) {
  const turn = descending ? -1 : 1;
  const age = (line: KeyListLine) => line.firstSeenAt ?? line.expectedBy ?? now;
  const urgency = (line: KeyListLine) => keyUrgency(line.state, line.removedAt, now);
  lines.sort((a, b) => {
    const first =
      by === "client"
        ? compare(a.clientName.toLowerCase(), b.clientName.toLowerCase())
        : by === "age"
          ? age(a) - age(b)
          : urgency(a) - urgency(b) || age(a) - age(b);
    return turn * first || compare(a.clientId, b.clientId) || compare(a.jkt, b.jkt);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
