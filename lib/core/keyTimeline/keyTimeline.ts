import { day, type Instant } from "#lib/core/Instant.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { judgeKey, keysAt, type JudgedKey, type KeyFate } from "./judgeKey.ts";
import type { AnnouncedKey, KeyLife } from "./KeyLife.ts";
import { dayText } from "./timeWords.ts";

/** One key in the picture of a client's keys. */
export interface TimelineLine {
  readonly jkt: string;
  readonly kid: string | null;
  readonly kind: string;
  /** For a key that was announced and has not come: the day it is expected. */
  readonly firstSeenAt: Instant;
  /** Null while it was only announced. */
  readonly lastSeenAt: Instant | null;
  readonly removedAt: Instant | null;
  readonly leakedAt: Instant | null;
  /** The day its owner announced it for. */
  readonly announcedFor: Instant | null;
  /** What became of it, in a sentence. */
  readonly words: string;
  readonly fate?: KeyFate | "announced" | "missed";
  /** From when on it may be removed. */
  readonly safeAt?: Instant | null;
}

/** A time in which two keys stood side by side; `missed`: a time in which they should have, or in which there was none. */
export interface TimelineOverlap {
  readonly from: Instant;
  readonly to: Instant;
  readonly missed: boolean;
}

export interface Timeline {
  readonly lines: readonly TimelineLine[];
  readonly overlaps: readonly TimelineOverlap[];
  readonly from: Instant;
  readonly to: Instant;
}

/** The keys of a client over time, oldest first, and what is announced. `overlap` is W, in milliseconds. */
export function keyTimeline(
  lives: readonly KeyLife[],
  announcements: readonly AnnouncedKey[],
  about: { readonly overlap: number; readonly now: Instant },
): Timeline {
  const standing = announcements.filter(({ withdrawnAt }) => withdrawnAt === null);
  const sorted = lives.toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || (a.jkt < b.jkt ? -1 : 1));
  const judged = sorted.map((life) => ({ life, ...judgeKey(life, sorted, about) }));
  const seen = new Set(sorted.map(({ jkt }) => jkt));
  const awaited = standing.filter(({ jkt, matchedAt }) => matchedAt === null && !seen.has(jkt));
  const lines = [
    ...judged.map((each) => seenLine(each, standing, about.now)),
    ...awaited.toSorted((a, b) => a.expectedBy - b.expectedBy).map((each) => awaitedLine(each, about.now)),
  ];
  const overlaps = judged.flatMap((each) => spans(each, sorted, about));
  return { lines, overlaps: distinct(overlaps), ...rangeOf(lines, overlaps, about.now) };
}

function seenLine(
  { life, fate, words, safeAt }: JudgedKey & { life: KeyLife },
  announcements: readonly AnnouncedKey[],
  now: Instant,
): TimelineLine {
  const told = announcements.find(({ jkt }) => jkt === life.jkt);
  return {
    jkt: life.jkt,
    kid: life.kid === null ? null : visibleText(life.kid, 60),
    kind: visibleText(life.kind, 40),
    firstSeenAt: life.firstSeenAt,
    lastSeenAt: life.removedAt === null ? now : life.removedAt,
    removedAt: life.removedAt,
    leakedAt: life.leakedAt,
    announcedFor: told?.expectedBy ?? null,
    words: told === undefined ? words : `${words} It was announced on ${dayText(told.at)}.`,
    fate,
    safeAt,
  };
}

function awaitedLine({ jkt, expectedBy }: AnnouncedKey, now: Instant): TimelineLine {
  const missed = expectedBy < now;
  return {
    jkt,
    kid: null,
    kind: "announced",
    firstSeenAt: expectedBy,
    lastSeenAt: null,
    removedAt: null,
    leakedAt: null,
    announcedFor: expectedBy,
    words: missed
      ? `Announced for ${dayText(expectedBy)}, and it has not appeared.`
      : `Announced: it should appear by ${dayText(expectedBy)}.`,
    fate: missed ? "missed" : "announced",
    safeAt: null,
  };
}

/** The time a key shared with its successor, and the time that was missing. */
function spans(
  { life, fate }: JudgedKey & { life: KeyLife },
  lives: readonly KeyLife[],
  { overlap, now }: { overlap: number; now: Instant },
): TimelineOverlap[] {
  const end = life.removedAt ?? now;
  const after = keysAt(lives, end).filter(({ jkt }) => jkt !== life.jkt);
  const next = after
    .filter(({ firstSeenAt }) => firstSeenAt > life.firstSeenAt)
    .map((each) => each.firstSeenAt);
  const successor = next.length > 0 ? Math.min(...next) : undefined;
  const shared =
    successor !== undefined && successor < end ? [{ from: successor, to: end, missed: false }] : [];
  if (life.removedAt === null) return shared;
  const wanted = life.wantedOverlap ?? overlap;
  if (fate === "emptied") {
    const later = lives.map(({ firstSeenAt }) => firstSeenAt).filter((at) => at > end);
    return [{ from: end, to: later.length > 0 ? Math.min(...later) : Math.max(now, end), missed: true }];
  }
  if (fate !== "early" && fate !== "cutover" && fate !== "swapped") return shared;
  return [...shared, { from: end, to: Math.max(end, (successor ?? end) + wanted), missed: true }];
}

function distinct(overlaps: readonly TimelineOverlap[]): TimelineOverlap[] {
  const known = new Map(overlaps.map((each) => [`${each.from} ${each.to} ${each.missed}`, each]));
  return [...known.values()].toSorted((a, b) => a.from - b.from);
}

/** All that is in it, at least thirty days, with some air at both ends. */
function rangeOf(
  lines: readonly TimelineLine[],
  overlaps: readonly TimelineOverlap[],
  now: Instant,
): { from: Instant; to: Instant } {
  const first = Math.min(now - 30 * day, ...lines.map(({ firstSeenAt }) => firstSeenAt));
  const last = Math.max(
    now,
    ...lines.flatMap(({ announcedFor, safeAt }) => [announcedFor ?? now, safeAt ?? now]),
    ...overlaps.map(({ to }) => to),
  );
  const air = Math.max(day, (last - first) * 0.04);
  const room = lines.some(({ lastSeenAt }) => lastSeenAt === null) ? (last - first) * 0.14 : air;
  return { from: first - air, to: last + room };
}
