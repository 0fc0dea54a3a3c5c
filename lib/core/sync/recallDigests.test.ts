import { describe, expect, test } from "vitest";
import { day, hour } from "../Instant.ts";
import type { RecentDigest } from "./RecentDigest.ts";
import { alternations, isFlapping, recallDigest } from "./recallDigests.ts";

const now = 100 * day;

/** Sightings an hour apart, the last one now; "a" is live at the beginning. */
function seen(digests: string, step = hour): readonly RecentDigest[] {
  let recent: readonly RecentDigest[] = [];
  [...digests].forEach((digest, index) => {
    recent = recallDigest(recent, "a", digest, now - (digests.length - 1 - index) * step);
  });
  return recent;
}

describe("what was seen", () => {
  test.each<[string, string, string]>([
    ["the live document begins", "b", "ab"],
    ["one that is seen again and again is one", "bbb", "ab"],
    ["to and fro", "bab", "abab"],
    ["eight at most", "bcdefghij", "cdefghij"],
  ])("%s", (_, digests, kept) => {
    expect(
      seen(digests)
        .map(({ digest }) => digest)
        .join(""),
    ).toBe(kept);
  });

  test("a day later it is forgotten", () => {
    const recent = recallDigest(seen("bab"), "b", "c", now + 2 * day);
    expect(recent.map(({ digest }) => digest)).toEqual(["b", "c"]);
  });
});

describe("flapping", () => {
  test.each<[string, string, number, boolean]>([
    ["a change", "b", 0, false],
    ["a change taken back", "ba", 1, false],
    ["made once more", "bab", 2, false],
    ["and taken back again", "baba", 3, true],
    ["three documents in turn", "bcabca", 4, true],
    ["new ones each time", "bcdefg", 0, false],
  ])("%s", (_, digests, returns, flapping) => {
    expect(alternations(seen(digests), now)).toBe(returns);
    expect(isFlapping(seen(digests), now)).toBe(flapping);
  });

  test("slowly to and fro is no flapping, and it is over after a day", () => {
    expect(isFlapping(seen("baba", 20 * hour), now)).toBe(false);
    expect(isFlapping(seen("baba"), now + 25 * hour)).toBe(false);
    expect(isFlapping(null, now)).toBe(false);
  });
});
