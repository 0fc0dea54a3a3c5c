import { describe, expect, test } from "vitest";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { day, hour } from "#lib/core/Instant.ts";
import { judgeKey } from "./judgeKey.ts";
import type { AnnouncedKey, KeyLife } from "./KeyLife.ts";
import { keyTimeline } from "./keyTimeline.ts";
import { livesFromSnapshots } from "./livesFromSnapshots.ts";
import { overlapWindow } from "./overlapWindow.ts";
import { safeToRemoveAt, successorsOf } from "./safeToRemoveAt.ts";
import { spanText } from "./timeWords.ts";

const now = Date.UTC(2026, 10, 21);
const W = 7 * day;

/** A key first seen and removed so many days ago; still there without a second number. */
function key(jkt: string, seen: number, gone?: number, more: Partial<KeyLife> = {}): KeyLife {
  const removedAt = gone === undefined ? null : now - gone * day;
  return {
    jkt,
    kid: jkt,
    kind: "EC P-256",
    firstSeenAt: now - seen * day,
    lastSeenAt: removedAt ?? now,
    removedAt,
    leakedAt: null,
    overlap: null,
    wantedOverlap: null,
    ...more,
  };
}

const announced = (jkt: string, inDays: number, more: Partial<AnnouncedKey> = {}): AnnouncedKey => ({
  jkt,
  expectedBy: now + inDays * day,
  at: now - 20 * day,
  matchedAt: null,
  withdrawnAt: null,
  ...more,
});

describe("overlapWindow", () => {
  test.each([
    ["neither says", {}, 7 * day],
    ["a short life", { documentMaxAge: hour }, day],
    ["the longer of two", { documentMaxAge: 2 * day, keySetMaxAge: 9 * day }, 9 * day],
  ])("%s", (_, lives, length) => {
    expect(overlapWindow(lives)).toBe(length);
  });
});

describe("safeToRemoveAt", () => {
  const old = key("a", 100);
  test.each<[string, KeyLife, KeyLife[], object | undefined]>([
    ["nothing follows it", old, [old], undefined],
    ["a successor of 3 days", old, [old, key("b", 3)], { at: now + 4 * day, safe: false }],
    ["a successor of 7 days", old, [old, key("b", 7)], { at: now, safe: true }],
    [
      "the first of two successors counts",
      old,
      [old, key("b", 30), key("c", 1)],
      { at: now - 23 * day, safe: true },
    ],
    ["a successor that is gone", old, [old, key("b", 30, 2)], undefined],
    ["a successor that leaked", old, [old, key("b", 30, undefined, { leakedAt: now })], undefined],
    ["the newest itself", key("b", 3), [old, key("b", 3)], undefined],
    ["gone already", key("a", 100, 3), [key("b", 30)], undefined],
    ["leaked: at once", key("a", 100, undefined, { leakedAt: now }), [], { at: now, safe: true }],
  ])("%s", (_, life, lives, safe) => {
    expect(safeToRemoveAt(life, successorsOf(life, lives), W, now)).toEqual(safe);
  });
});

describe("judgeKey", () => {
  test.each<[string, KeyLife, KeyLife[], string, RegExp]>([
    ["alone", key("a", 212), [], "sole", /only key, in use for 212 days/],
    ["beside an older one", key("b", 3), [key("a", 100)], "newest", /visible for 3 days/],
    ["too early to go", key("a", 100), [key("b", 3)], "waiting", /from 25 Nov 2026 on/],
    ["may go", key("a", 100), [key("b", 30)], "removable", /since 29 Oct 2026/],
    [
      "came back",
      key("a", 100, undefined, { returnedAt: now - day }),
      [],
      "returned",
      /came back on 20 Nov 2026/,
    ],
    ["leaked", key("a", 100, undefined, { leakedAt: now - day }), [], "leaked", /never counts again/],
    ["rotated well", key("a", 100, 41), [key("b", 50)], "retired", /for 9 days/],
    [
      "overlap by what was recorded",
      key("a", 100, 41, { overlap: 8 * day }),
      [key("b", 41)],
      "retired",
      /8 days/,
    ],
    [
      "a shorter window was wanted",
      key("a", 100, 41, { wantedOverlap: day }),
      [key("b", 43)],
      "retired",
      /2 days/,
    ],
    ["too short", key("a", 100, 41), [key("b", 43)], "early", /for 2 days instead of 7 days/],
    ["hard cutover", key("a", 100, 41), [key("b", 41)], "cutover", /at no time/],
    [
      "same name, other key",
      key("a", 100, 41),
      [key("b", 41, undefined, { kid: "a" })],
      "swapped",
      /took its name "a"/,
    ],
    ["nothing left", key("a", 100, 41), [], "emptied", /no key was left/],
    ["nothing left until later", key("a", 100, 41), [key("b", 20)], "emptied", /no key was left/],
    ["an older one stays", key("b", 50, 2), [key("a", 100)], "retired", /98 days/],
  ])("%s", (_, life, others, fate, words) => {
    const judged = judgeKey(life, [life, ...others], { overlap: W, now });
    expect(judged.fate).toBe(fate);
    expect(judged.words).toMatch(words);
  });
});

describe("keyTimeline", () => {
  const draw = (lives: KeyLife[], announcements: AnnouncedKey[] = []) =>
    keyTimeline(lives, announcements, { overlap: W, now });

  test("a planned rotation: one overlap, and what comes next", () => {
    const { lines, overlaps, from, to } = draw(
      [key("b", 50), key("a", 120, 41)],
      [announced("c", 13), announced("b", -49, { matchedAt: now - 50 * day })],
    );
    expect(lines.map(({ jkt, fate }) => [jkt, fate])).toEqual([
      ["a", "retired"],
      ["b", "sole"],
      ["c", "announced"],
    ]);
    expect(lines[1]).toMatchObject({ announcedFor: now - 49 * day, lastSeenAt: now });
    expect(lines[2]).toMatchObject({ lastSeenAt: null, words: "Announced: it should appear by 4 Dec 2026." });
    expect(overlaps).toEqual([{ from: now - 50 * day, to: now - 41 * day, missed: false }]);
    expect(from).toBeLessThan(now - 120 * day);
    expect(to).toBeGreaterThan(now + 13 * day);
  });

  test.each<[string, KeyLife[], { from: number; to: number; missed: boolean }[]]>([
    ["side by side now", [key("a", 100), key("b", 3)], [{ from: -3, to: 0, missed: false }]],
    [
      "too short: what was there and what was missing",
      [key("a", 100, 41), key("b", 43)],
      [
        { from: -43, to: -41, missed: false },
        { from: -41, to: -36, missed: true },
      ],
    ],
    ["hard cutover", [key("a", 100, 41), key("b", 41)], [{ from: -41, to: -34, missed: true }]],
    ["emptied until later", [key("a", 100, 41), key("b", 20)], [{ from: -41, to: -20, missed: true }]],
    ["emptied until now", [key("a", 100, 41)], [{ from: -41, to: 0, missed: true }]],
  ])("%s", (_, lives, expected) => {
    expect(draw(lives).overlaps).toEqual(
      expected.map(({ from, to, missed }) => ({ from: now + from * day, to: now + to * day, missed })),
    );
  });

  test("an announcement that was missed, and one that was withdrawn", () => {
    const { lines } = draw([], [announced("c", -2), announced("d", 5, { withdrawnAt: now })]);
    expect(lines.map(({ jkt, fate }) => [jkt, fate])).toEqual([["c", "missed"]]);
  });

  test("names of keys are made visible", () => {
    expect(draw([key("a", 1, undefined, { kid: "k\u202e" })]).lines[0]?.kid).toBe("k\\u202E");
  });
});

test("lives from snapshots: gone, and back again", () => {
  const of = (jkt: string, more: Partial<ParsedKey> = {}) =>
    ({
      index: 0,
      jkt,
      kid: jkt,
      kty: "EC",
      crv: "P-256",
      publicJwk: {},
      privateMembers: [],
      ...more,
    }) as ParsedKey;
  const lives = livesFromSnapshots(
    [
      { at: 10, keys: [of("a"), { ...of("x"), jkt: undefined }] },
      { at: 20, keys: [of("b", { privateMembers: ["d"] })] },
      { at: 30, keys: [of("a"), of("b")] },
    ],
    40,
  );
  expect(lives).toMatchObject([
    { jkt: "a", kind: "EC P-256", firstSeenAt: 10, lastSeenAt: 40, removedAt: null, returnedAt: 30 },
    { jkt: "b", firstSeenAt: 20, leakedAt: 20, removedAt: null, returnedAt: null },
  ]);
});

test.each([
  [30_000, "0 minutes"],
  [hour, "1 hour"],
  [47 * hour, "47 hours"],
  [9.9 * day, "9 days"],
])("spanText %i", (span, text) => {
  expect(spanText(span)).toBe(text);
});
