import fc from "fast-check";
import { expect, test } from "vitest";
import { budgetsOf } from "./budgetsOf.ts";
import { defaultBudget, fullBucket, take, type Bucket } from "./take.ts";

function waits(times: readonly number[], budget = defaultBudget): number[] {
  let bucket: Bucket = fullBucket;
  return times.map((now) => {
    const taken = take(bucket, now, budget);
    bucket = taken.bucket;
    return taken.waitMs;
  });
}

test("a burst goes at once, then one each half second", () => {
  expect(waits(new Array(7).fill(1_000_000))).toEqual([0, 0, 0, 0, 500, 1_000, 1_500]);
});

test("an amount is taken whole or not at all, and one above the burst never", () => {
  const budget = { perSecond: 10, burst: 100 };
  const { bucket, waitMs } = take(fullBucket, 5_000, budget, 60);
  expect(waitMs).toBe(0);
  expect(take(bucket, 5_000, budget, 60).waitMs).toBe(2_000);
  expect(take(bucket, 5_000, budget, 40).waitMs).toBe(0);
  expect(take(bucket, 7_000, budget, 60).waitMs).toBe(0);
  expect(take(fullBucket, 5_000, budget, 101).waitMs).toBe(100);
});

test("a bucket fills up while nobody takes, and not beyond its burst", () => {
  expect(waits([0, 0, 0, 0, 500, 500, 90_000, 90_000, 90_000, 90_000, 90_000])).toEqual([
    0, 0, 0, 0, 0, 500, 0, 0, 0, 0, 500,
  ]);
});

test("who drops the bucket has taken nothing", () => {
  let bucket: Bucket = fullBucket;
  for (let n = 0; n < 4; n += 1) bucket = take(bucket, 5_000).bucket;
  expect(take(bucket, 5_000).waitMs).toBe(500);
  expect(take(bucket, 5_000).waitMs).toBe(500);
});

test("over any stretch no more go than the burst and the rate allow, and nobody waits longer than needed", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 200 });
  const budgets = fc.record({
    perSecond: fc.constantFrom(0.5, 1, 2, 5),
    burst: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(gaps, budgets, (lengths, budget) => {
      let now = 1_000_000;
      const times = lengths.map((gap) => (now += gap));
      const waited = waits(times, budget);
      const gone = times.map((at, n) => at + (waited[n] ?? 0));
      for (let from = 0; from < gone.length; from += 1)
        for (let to = from; to < gone.length; to += 1) {
          const seconds = (gone[to]! - gone[from]!) / 1_000;
          expect(to - from + 1).toBeLessThanOrEqual(budget.burst + budget.perSecond * seconds + 1e-6);
        }
      const backlog = (gone.length * 1_000) / budget.perSecond;
      expect(Math.max(...waited)).toBeLessThanOrEqual(backlog);
    }),
  );
});

test.each([
  ["app.acme.co.uk", ["app.acme.co.uk", "acme.co.uk"]],
  ["acme.co.uk", ["acme.co.uk"]],
  ["APP.Acme.com.", ["app.acme.com", "acme.com"]],
  ["one.github.io", ["one.github.io"]],
  ["a.b.one.github.io", ["a.b.one.github.io", "one.github.io"]],
])("a fetch from %s is charged to %j", (host, budgets) => {
  expect(budgetsOf(host)).toEqual(budgets);
});
