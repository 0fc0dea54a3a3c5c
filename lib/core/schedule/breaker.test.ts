import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { riskTiers, type RiskTier } from "../client.ts";
import { day, hour, minute } from "../Instant.ts";
import { backOff } from "./backOff.ts";
import { askBreaker, closedBreaker, probePatience, tellBreaker, type Breaker } from "./breaker.ts";
import { periods } from "./periods.ts";
import { speaksOfHost } from "./speaksOfHost.ts";

const host = "a.example";
const ask = (breaker: Breaker, clientId: string, now: number, riskTier: RiskTier = "high") =>
  askBreaker(breaker, { clientId, riskTier }, now);
const tell = (breaker: Breaker, clientId: string, failed: boolean, now: number, retryAfter?: number) =>
  tellBreaker(breaker, { host, clientId, failed, retryAfter }, now);
const failAll = (ids: readonly string[], now = 0) =>
  ids.reduce((breaker, id) => tell(breaker, id, true, now), closedBreaker);
const five = ["a", "b", "c", "d", "e"];

function opened(now = 0) {
  const breaker = failAll(five, now);
  if (breaker.state !== "open") throw new Error("It should be open.");
  return breaker;
}

describe("opening", () => {
  test.each([
    ["four clients", "abcd", "closed"],
    ["one client, again and again", "aaaaaaaa", "closed"],
    ["four clients, some twice", "abcdabcd", "closed"],
    ["five clients", "abcde", "open"],
    ["five clients, some twice", "aabbccddee", "open"],
    ["an answer in between", "abcd.e", "closed"],
    ["five after an answer", "ab.cdefg", "open"],
  ])("%s: %s is %s", (_, story, state) => {
    const breaker = [...story].reduce((it, id) => tell(it, id, id !== ".", 0), closedBreaker);
    expect(breaker.state).toBe(state);
  });

  test.each([
    ["timeout", true],
    ["rate_limited", true],
    ["server_error", true],
    ["not_found", false],
    ["redirect", false],
    ["challenged", false],
    ["ok", false],
    ["not_modified", false],
  ] as const)("%s speaks of the host: %s", (outcome, does) => {
    expect(speaksOfHost(outcome)).toBe(does);
  });
});

describe("open", () => {
  test("nobody goes before the probe is due; then one, alone", () => {
    const open = opened();
    expect(ask(open, "f", open.probeAt - 1).go).toBe(false);
    const first = ask(open, "f", open.probeAt);
    expect(first).toMatchObject({ go: true, breaker: { state: "half_open", probe: "f" } });
    expect(ask(first.breaker, "g", open.probeAt).go).toBe(false);
    // It asked already: it waited for its token, or its worker died.
    expect(ask(first.breaker, "f", open.probeAt + 1)).toEqual({ go: true, breaker: first.breaker });
  });

  test("a probe that never reports is replaced", () => {
    const open = opened();
    const { breaker } = ask(open, "f", open.probeAt);
    const second = ask(breaker, "g", open.probeAt + probePatience);
    expect(second).toMatchObject({ go: true, breaker: { probe: "g" } });
    expect(tell(second.breaker, "f", true, open.probeAt + probePatience)).toBe(second.breaker);
  });

  test("failures that were under way change nothing; any answer closes", () => {
    const open = opened();
    expect(tell(open, "z", true, 1_000)).toBe(open);
    expect(tell(open, "z", false, 1_000)).toBe(closedBreaker);
    const { breaker } = ask(open, "f", open.probeAt);
    expect(tell(breaker, "f", false, open.probeAt + 1)).toBe(closedBreaker);
  });

  test("a probe waits as long as the host asked, a day at most", () => {
    const four = failAll(["a", "b", "c", "d"]);
    expect(tell(four, "e", true, 0, 7 * hour)).toMatchObject({ state: "open", probeAt: 7 * hour });
    expect(tell(four, "e", true, 0, 30 * day)).toMatchObject({ state: "open", probeAt: day });
  });

  test("it remembers since when and how often the host failed, for the clients that wait", () => {
    const open = opened(500);
    const { breaker } = ask(open, "f", open.probeAt);
    expect(tell(breaker, "f", true, open.probeAt)).toMatchObject({ failingSince: 500, failures: 6, step: 2 });
  });
});

test("a dead host is probed once in each step, however many ask, and never left alone for longer than a step", () => {
  fc.assert(
    fc.property(fc.domain(), fc.integer({ min: 1, max: 30_000 }), (name, every) => {
      let breaker = five.reduce<Breaker>(
        (it, clientId) => tellBreaker(it, { host: name, clientId, failed: true }, 0),
        closedBreaker,
      );
      const steps = [0];
      for (let step = 1; step < 12; step += 1) steps.push(steps[step - 1]! + backOff(step));
      const probes: number[] = [];
      for (let now = 0; now < 24 * hour; now += Math.max(every, 5_000)) {
        const asked = ask(breaker, `client ${now % 97}`, now);
        breaker = asked.breaker;
        if (!asked.go) continue;
        probes.push(now);
        breaker = tellBreaker(breaker, { host: name, clientId: `client ${now % 97}`, failed: true }, now);
      }
      for (const [n, at] of probes.entries()) expect(at).toBeGreaterThanOrEqual(steps[n] ?? Infinity);
      expect(probes.length).toBeLessThanOrEqual(11);
      expect(probes.length).toBeGreaterThanOrEqual(8);
      for (const [n, at] of probes.entries())
        expect(at - (probes[n - 1] ?? 0)).toBeLessThanOrEqual(6 * hour + 30_000);
    }),
    { numRuns: 30 },
  );
});

test("those who wait come back after the probe, within their own period, spread over it", () => {
  const open = opened();
  for (const tier of riskTiers) {
    const waits = Array.from({ length: 2_000 }, (_, n) => {
      const asked = ask(open, `https://a.example/${n}`, 10, tier);
      if (asked.go) throw new Error("It should wait.");
      return (asked.waitUntil - open.probeAt) / periods[tier];
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...waits)).toBeLessThan(1);
    const perPart = new Array<number>(10).fill(0);
    for (const wait of waits) perPart[Math.floor(wait * 10)]! += 1;
    expect(Math.min(...perPart)).toBeGreaterThan(140);
    expect(Math.max(...perPart)).toBeLessThan(260);
  }
});

test("hosts that went down together are not probed together", () => {
  const probes = Array.from({ length: 300 }, (_, n) => {
    const breaker = five.reduce<Breaker>(
      (it, clientId) => tellBreaker(it, { host: `h${n}.example`, clientId, failed: true }, 0),
      closedBreaker,
    );
    return breaker.state === "open" ? Math.floor(breaker.probeAt / minute) : -1;
  });
  expect(new Set(probes).size).toBe(4);
  expect(Math.min(...probes)).toBe(1);
});
