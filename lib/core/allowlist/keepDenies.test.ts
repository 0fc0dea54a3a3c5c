import { expect, test } from "vitest";
import { day, second } from "#lib/core/Instant.ts";
import { keepDenies } from "./keepDenies.ts";
import { maxDenies } from "./composeHead.ts";

const now = Date.UTC(2026, 10, 21);
const seconds = now / second;
const deny = (n: number, daysAgo = 0) => ({
  deny: { client_id: `https://c-${n}.example/`, at: seconds - (daysAgo * day) / second, reason: "suspended" },
});

test("denies stay seven days, or as long as a head that approved them may be in use", () => {
  const approvedUntil = seconds + 1;
  expect(keepDenies([deny(1, 7), deny(2, 8), { ...deny(3, 8), approvedUntil }], now).deny).toEqual([
    deny(1, 7).deny,
    deny(3, 8).deny,
  ]);
});

test("what stands comes first and whatever its age: nothing else says it", () => {
  const standing = [{ host: "evil.example", at: seconds - (400 * day) / second, reason: "blocked" }];
  const many = Array.from({ length: maxDenies }, (_, n) => deny(n));
  const { deny: kept, overflow } = keepDenies(many, now, standing);
  expect(kept[0]).toEqual(standing[0]);
  expect(kept).toHaveLength(maxDenies);
  expect(overflow).toBe(1);
});

test("a hundred hosts with long names and reasons always fit", () => {
  const standing = Array.from({ length: 100 }, (_, n) => ({
    host: `${String(n).padStart(3, "0")}.${"x".repeat(249)}`,
    at: seconds - n,
    reason: '\u{1f6a8}"\n'.repeat(500),
  }));
  const { deny: kept, overflow } = keepDenies([deny(1)], now, standing);
  expect(kept.slice(0, 100).map(({ host }) => host)).toEqual(standing.map(({ host }) => host));
  expect(overflow).toBeLessThan(2);
  expect(kept[0]?.reason).toMatch(/^\u{1f6a8}"\n.*…$/su);
});
