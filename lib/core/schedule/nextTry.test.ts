import fc from "fast-check";
import { expect, test } from "vitest";
import { day, hour, minute, second } from "../Instant.ts";
import { backOff } from "./backOff.ts";
import { isUnreachable } from "./isUnreachable.ts";
import { mustBeUnconditional } from "./mustBeUnconditional.ts";
import { clampRetryAfter, nextTry } from "./nextTry.ts";

const id = "https://a.example/c";

test("steps double from 5 minutes to 6 hours", () => {
  expect([0, 1, 2, 3, 7, 8, 50, 5_000].map(backOff)).toEqual(
    [5, 5, 10, 20, 320, 360, 360, 360].map((n) => n * minute),
  );
});

test("a try comes after a minute at the earliest and within the step, for any client and number of failures", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 10_000 }), (clientId, failures) => {
      const wait = nextTry(clientId, failures, 1_000) - 1_000;
      expect(wait).toBeGreaterThanOrEqual(minute);
      expect(wait).toBeLessThanOrEqual(backOff(failures));
    }),
  );
});

test("a host is not asked before it wants to be, nor forgotten because it wants that", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: -day, max: 400 * day }),
      (failures, asked) => {
        const wait = nextTry(id, failures, 0, asked);
        expect(wait).toBeGreaterThanOrEqual(Math.max(minute, Math.min(asked, day)));
        expect(wait).toBeLessThanOrEqual(Math.max(backOff(failures), Math.min(asked, day) * 1.05));
      },
    ),
  );
});

test.each([
  [-1, second],
  [0, second],
  [Number.NaN, second],
  [90 * second, 90 * second],
  [2 * day, day],
  [Number.POSITIVE_INFINITY, day],
])("Retry-After of %d ms means %i ms", (asked, meant) => {
  expect(clampRetryAfter(asked)).toBe(meant);
});

test("clients that fail together do not come back together, and use the whole step", () => {
  const tries = Array.from({ length: 2_000 }, (_, n) => nextTry(`${id}/${n}`, 8, 0));
  const perPart = new Array<number>(12).fill(0);
  for (const at of tries) perPart[Math.floor(at / (30 * minute))]! += 1;
  expect(Math.min(...perPart)).toBeGreaterThan(120);
  expect(Math.max(...perPart)).toBeLessThan(220);
});

test("clients sent away until the same moment do not all come at it", () => {
  const tries = Array.from({ length: 500 }, (_, n) => nextTry(`${id}/${n}`, 1, 0, 6 * hour));
  expect(new Set(tries.map((at) => Math.floor(at / minute))).size).toBeGreaterThan(15);
});

test.each([
  [2, 2 * hour, false],
  [3, 30 * minute - 1, false],
  [3, 30 * minute, true],
  [9, minute, false],
  [9, day, true],
])("%i failures over %i ms: unreachable is %s", (failures, span, unreachable) => {
  expect(isUnreachable(failures, 5_000, 5_000 + span)).toBe(unreachable);
});

test.each([
  [null, true],
  [0, false],
  [12 * hour, false],
  [22 * hour, false],
  [23 * hour, true],
  [day, true],
  [40 * day, true],
  [-minute, true],
])("last asked unconditionally %s ms ago: whole is %s", (ago, whole) => {
  const now = 100 * day;
  expect(mustBeUnconditional(ago === null ? null : now - ago, now)).toBe(whole);
});
