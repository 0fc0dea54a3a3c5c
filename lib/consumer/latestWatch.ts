import { compareWithLatest } from "./reportStatus.ts";
import type { LatestHead } from "./wire.ts";

/** Where this consumer stands among what the publisher says; null when it stands where it should. */
export interface Standing {
  readonly type: "behind" | "ahead" | "divergent" | "frozen_path";
  readonly alarm: boolean;
}

/** Longer than so many times `ttl` behind while every check succeeds: what answers the checks is old. */
const frozenAfter = 3;

/**
 * Compares, report by report, what the publisher calls its latest head with the one in use. To be behind is normal for
 * a moment. To stay behind the same head although the checks succeed is a frozen path: a proxy, a CDN or an attacker
 * that repeats an old head. Nothing here changes a decision: the answer is not signed.
 */
export function latestWatch() {
  /** The head that was missed first, and since when (seconds). */
  let missing: { readonly head: LatestHead; readonly since: number; told: boolean } | null = null;

  function compare(
    latest: LatestHead,
    mine: LatestHead,
    at: { readonly now: number; readonly checkedAt: number | null; readonly ttl: number },
  ): Standing | null {
    const order = compareWithLatest(latest, mine);
    if (missing && compareWithLatest(missing.head, mine) !== "behind") missing = null;
    if (order === "current") {
      // It may have taken back what it said: a backup was restored, or the answer was somebody else's.
      missing = null;
      return null;
    }
    if (order !== "behind") return { type: order, alarm: true };
    missing ??= { head: latest, since: at.now, told: false };
    const checked = at.checkedAt !== null && at.checkedAt > missing.since;
    if (!checked || at.now - missing.since <= frozenAfter * at.ttl) return { type: "behind", alarm: false };
    if (missing.told) return null;
    missing.told = true;
    return { type: "frozen_path", alarm: true };
  }

  return {
    compare,
    /** Whether a head is missing that was not told as frozen yet: the next look should come soon. */
    isWaiting: () => missing !== null && !missing.told,
    /** Seconds to wait before the next look. */
    lookAgainAfter: (ttl: number) => frozenAfter * ttl + 1,
  };
}
