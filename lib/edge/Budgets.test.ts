import { expect, test } from "vitest";
import { second } from "#lib/core/Instant.ts";
import { Budgets } from "./Budgets.ts";

test("what is taken comes back with time; a refusal takes nothing and says when to come again", () => {
  let now = 1_000_000;
  const budgets = new Budgets(() => now, { perSecond: 2, burst: 3 });
  expect([1, 2, 3, 4].map(() => budgets.take("a"))).toEqual([0, 0, 0, 1]);
  expect(budgets.take("b", 3)).toBe(0);
  expect(budgets.take("b", 3)).toBe(2);
  now += 500;
  expect([budgets.take("a"), budgets.take("a")]).toEqual([0, 1]);
});

test("those whose bucket is full again are forgotten", () => {
  let now = 0;
  const budgets = new Budgets(() => now, { perSecond: 1, burst: 2 });
  for (let n = 0; n < 50_000; n++) {
    budgets.take(`token-${n}`);
    now += second / 100;
  }
  expect(budgets.size).toBeLessThan(1_200);
});
