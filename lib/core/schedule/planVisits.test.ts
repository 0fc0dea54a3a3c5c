import fc from "fast-check";
import { expect, test } from "vitest";
import type { RiskTier } from "../client.ts";
import { second } from "../Instant.ts";
import { closedBreaker, tellBreaker, type Breaker } from "./breaker.ts";
import { restedHost, type HostState } from "./HostState.ts";
import { planVisits, type DueClient } from "./planVisits.ts";

const budget = { perSecond: 2, burst: 4 };
const charges = ({ host }: DueClient) => [host, "acme.com"];
const rules = { charges, budget, patience: 2 * second };
const client = (name: string, host = "a.acme.com", riskTier: RiskTier = "low") => ({
  clientId: `https://${host}/${name}`,
  host,
  riskTier,
});
const crowd = (count: number, host?: string) =>
  Array.from({ length: count }, (_, index) => client(`${index}`, host));
const nothing = () => undefined;

test("a burst goes at once, who can wait two seconds waits, the others get turns of their own", () => {
  const { go, wait, states } = planVisits(crowd(50), nothing, 0, rules);
  expect(go.map(({ waitMs }) => waitMs)).toEqual([0, 0, 0, 0, 500, 1_000, 1_500, 2_000]);
  expect(wait).toHaveLength(42);
  expect(wait[0]?.until).toBe(2_500);
  expect(wait.map(({ until }, index) => until - 500 * index)).toEqual(Array(42).fill(2_500));
  expect(states.get("acme.com")).toEqual({ fullAt: 4_000, queuedUntil: 23_000, breaker: closedBreaker });
});

test("hosts of one registrable domain share its budget", () => {
  const due = ["a", "b", "c", "d", "e"].flatMap((label) => crowd(3, `${label}.acme.com`));
  const { go } = planVisits(due, nothing, 0, { ...rules, patience: 0 });
  expect(go).toHaveLength(4);
});

test("a visit that makes two requests takes two tokens", () => {
  const twice = { ...rules, charges: ({ host }: DueClient) => [host, host], patience: 0 };
  const { go, wait } = planVisits(crowd(4), nothing, 0, twice);
  expect(go).toHaveLength(2);
  expect(wait.map(({ until }) => until)).toEqual([1_000, 2_000]);
});

test("the riskiest go first", () => {
  const due = [...crowd(8), client("c", "a.acme.com", "critical"), client("h", "a.acme.com", "high")];
  const { go } = planVisits(due, nothing, 0, { ...rules, patience: 0 });
  expect(go.map((each) => each.client.riskTier)).toEqual(["critical", "high", "low", "low"]);
});

test("an open breaker lets nobody go, and then one", () => {
  const failed = (breaker: Breaker, id: string) =>
    tellBreaker(breaker, { host: "a.acme.com", clientId: id, failed: true }, 0);
  const breaker = ["a", "b", "c", "d", "e"].reduce(failed, closedBreaker);
  const state: HostState = { ...restedHost, breaker };
  const stateOf = (name: string) => (name === "a.acme.com" ? state : undefined);
  const early = planVisits(crowd(10), stateOf, 1, rules);
  expect(early.go).toEqual([]);
  expect(early.wait).toHaveLength(10);
  expect(early.states.size).toBe(0);
  const probeAt = breaker.state === "open" ? breaker.probeAt : NaN;
  const due = planVisits(crowd(10), stateOf, probeAt, rules);
  expect(due.go).toHaveLength(1);
  expect(due.wait).toHaveLength(9);
  expect(due.states.get("a.acme.com")?.breaker).toMatchObject({
    state: "half_open",
    probe: "https://a.acme.com/0",
  });
});

test("whatever comes due when, no more go than the budget allows, and everybody goes in the end", () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 500, max: 10_000 }), (moments, beat) => {
      const dueAt = new Map(moments.map((at, index) => [client(`${index}`), at]));
      let states = new Map<string, HostState>();
      const gone: number[] = [];
      let now = 0;
      for (; dueAt.size > 0 && now < 600_000; now += beat) {
        const due = [...dueAt].filter(([, at]) => at <= now).map(([each]) => each);
        const plan = planVisits(due, (name) => states.get(name), now, rules);
        states = new Map([...states, ...plan.states]);
        for (const { client: who, until } of plan.wait) dueAt.set(who, until);
        for (const { client: who, waitMs } of plan.go) {
          gone.push(now + waitMs);
          dueAt.delete(who);
        }
      }
      expect(dueAt.size).toBe(0);
      gone.sort((a, b) => a - b);
      for (let from = 0; from < gone.length; from += 1)
        for (let to = from; to < gone.length; to += 1)
          expect(to - from + 1).toBeLessThanOrEqual(4 + (2 * (gone[to]! - gone[from]!)) / 1_000 + 1e-6);
    }),
    { numRuns: 40 },
  );
});
