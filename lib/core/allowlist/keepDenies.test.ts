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
