import { quoted } from "#lib/core/drift/words.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { KeyLife } from "./KeyLife.ts";
import { safeToRemoveAt, successorsOf } from "./safeToRemoveAt.ts";
import { dayText, spanText } from "./timeWords.ts";

/**
 * What became of a key, or of one that is there: `sole` and `newest` are in use; `waiting` has a successor that is not
 * known everywhere yet, `removable` one that is; `retired` is a rotation as it should be; `early`, `cutover`, `swapped`
 * and `emptied` are not.
 */
export type KeyFate =
  | "sole"
  | "newest"
  | "waiting"
  | "removable"
  | "returned"
  | "leaked"
  | "retired"
  | "early"
  | "cutover"
  | "swapped"
  | "emptied";

export interface JudgedKey {
  readonly fate: KeyFate;
  /** A sentence, safe to print. */
  readonly words: string;
  /** From when on it may be removed; null when it is gone or nothing follows it. */
  readonly safeAt: Instant | null;
}

/** Judges one key among all keys of its client. `overlap` is W, in milliseconds. */
export function judgeKey(
  key: KeyLife,
  lives: readonly KeyLife[],
  { overlap, now }: { readonly overlap: number; readonly now: Instant },
): JudgedKey {
  if (key.leakedAt !== null)
    return {
      fate: "leaked",
      words: `Its private half was published on ${dayText(key.leakedAt)}: it never counts again.`,
      safeAt: key.removedAt === null ? key.leakedAt : null,
    };
  return key.removedAt === null
    ? judgePublished(key, lives, overlap, now)
    : judgeRemoved({ ...key, removedAt: key.removedAt }, lives, overlap);
}

function judgePublished(key: KeyLife, lives: readonly KeyLife[], overlap: number, now: Instant): JudgedKey {
  const safe = safeToRemoveAt(key, successorsOf(key, lives), overlap, now);
  const safeAt = safe?.at ?? null;
  const age = spanText(now - key.firstSeenAt);
  if (key.returnedAt != null)
    return {
      fate: "returned",
      words: `It had been removed and came back on ${dayText(key.returnedAt)}. Ask why: it may have been withdrawn for a reason.`,
      safeAt,
    };
  if (safe === undefined) {
    const alone = lives.every(({ jkt, removedAt }) => jkt === key.jkt || removedAt !== null);
    return alone
      ? {
          fate: "sole",
          words: `The only key, in use for ${age}. Nothing follows it yet.`,
          safeAt,
        }
      : { fate: "newest", words: `The newest key, visible for ${age}.`, safeAt };
  }
  return safe.safe
    ? {
        fate: "removable",
        words: `Safe to remove since ${dayText(safe.at)}: its successor is known everywhere.`,
        safeAt,
      }
    : {
        fate: "waiting",
        words: `Safe to remove from ${dayText(safe.at)} on, when its successor has been visible for ${spanText(overlap)}.`,
        safeAt,
      };
}

function judgeRemoved(
  key: KeyLife & { readonly removedAt: Instant },
  lives: readonly KeyLife[],
  overlap: number,
): JudgedKey {
  const after = keysAt(lives, key.removedAt);
  const wanted = key.wantedOverlap ?? overlap;
  if (after.length === 0)
    return {
      fate: "emptied",
      words: `Removed on ${dayText(key.removedAt)}, and no key was left.`,
      safeAt: null,
    };
  const heir = after.find(
    ({ kid, firstSeenAt }) => kid !== null && kid === key.kid && firstSeenAt >= key.lastSeenAt,
  );
  if (heir !== undefined)
    return {
      fate: "swapped",
      words: `Another key took its name ${quoted(heir.kid ?? "", 60)} on ${dayText(heir.firstSeenAt)}: whoever kept the old one under that name refuses the new one.`,
      safeAt: null,
    };
  const visible =
    key.overlap ?? Math.max(0, key.removedAt - Math.min(...after.map(({ firstSeenAt }) => firstSeenAt)));
  if (visible >= wanted)
    return {
      fate: "retired",
      words: `Retired well: a successor had been visible for ${spanText(visible)}.`,
      safeAt: null,
    };
  return visible === 0
    ? {
        fate: "cutover",
        words: `Replaced at once on ${dayText(key.removedAt)}: at no time were both keys published.`,
        safeAt: null,
      }
    : {
        fate: "early",
        words: `Removed too early: its successor had been visible for ${spanText(visible)} instead of ${spanText(wanted)}.`,
        safeAt: null,
      };
}

/** Keys that are published just after a moment. */
export function keysAt(lives: readonly KeyLife[], at: Instant): KeyLife[] {
  return lives.filter(
    ({ firstSeenAt, removedAt }) => firstSeenAt <= at && (removedAt === null || removedAt > at),
  );
}
