import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { riskTiers } from "../client.ts";
import { day, hour, minute } from "../Instant.ts";
import { nextVisit, visitFloor, visitJitter } from "./nextVisit.ts";
import { periods, stretchedPeriods } from "./periods.ts";

const noon = 1_795_003_200_000;
const anyTier = fc.constantFrom(...riskTiers);
const anyMoment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const anyFreshness = fc.oneof(
  fc.integer({ min: 0, max: 40 * day }),
  fc.constantFrom(31_536_000_000, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY),
);

test.each([
  ["critical", 15 * minute],
  ["high", hour],
  ["medium", 6 * hour],
  ["low", 24 * hour],
] as const)("%s: visits follow one another in a period of %i ms, 5 %% more or less", (tier, period) => {
  let now = noon;
  for (let visit = 0; visit < 50; visit += 1) {
    const next = nextVisit("https://a.example/c", tier, now);
    if (visit > 0) expect(Math.abs(next - now - period)).toBeLessThanOrEqual(period * visitJitter);
    now = next;
  }
});

test("never before the floor, never after the ceiling, whatever the answer says", () => {
  fc.assert(
    fc.property(fc.string(), anyTier, anyMoment, anyFreshness, (clientId, tier, now, freshFor) => {
      const wait = nextVisit(clientId, tier, now, { freshFor }) - now;
      expect(wait).toBeGreaterThanOrEqual(periods[tier] * visitFloor);
      expect(wait).toBeLessThanOrEqual(stretchedPeriods[tier] + periods[tier] * (visitFloor + visitJitter));
      if (freshFor < 2 * periods[tier])
        expect(wait).toBeLessThanOrEqual(periods[tier] * (1 + visitFloor + visitJitter));
    }),
  );
});

test("freshness never brings a visit forward, and more of it never does", () => {
  fc.assert(
    fc.property(anyTier, anyMoment, anyFreshness, anyFreshness, (tier, now, one, other) => {
      const at = (freshFor: number) => nextVisit("https://a.example/c", tier, now, { freshFor });
      expect(at(Math.min(one, other))).toBeLessThanOrEqual(at(Math.max(one, other)));
      expect(at(0)).toBe(nextVisit("https://a.example/c", tier, now));
    }),
  );
});

test("a visit that was carried out late, by less than four fifths of a period, does not move the next", () => {
  fc.assert(
    fc.property(anyTier, anyMoment, fc.double({ min: 0, max: 0.8, noNaN: true }), (tier, now, late) => {
      const id = "https://a.example/c";
      const due = nextVisit(id, tier, now);
      expect(nextVisit(id, tier, due + Math.floor(late * periods[tier]))).toBe(nextVisit(id, tier, due));
    }),
  );
});

describe("a year of max-age", () => {
  const freshFor = 31_536_000_000;
  const wait = (tier: "high" | "medium", stretched?: typeof stretchedPeriods) => {
    const due = nextVisit("https://a.example/c", tier, noon);
    return (nextVisit("https://a.example/c", tier, due, { freshFor, stretched }) - due) / periods[tier];
  };

  test.each([
    ["high", undefined, 1],
    ["medium", undefined, 2],
    ["high", { ...periods, high: 4 * hour }, 4],
    ["medium", { ...periods, medium: minute }, 1],
  ] as const)("%s, bounds %j: %i periods", (tier, stretched, times) => {
    expect(Math.abs(wait(tier, stretched) - times)).toBeLessThanOrEqual(visitJitter);
  });
});

test("clients looked at in the same moment come due evenly over a period", () => {
  fc.assert(
    fc.property(anyTier, anyMoment, fc.string(), (tier, now, base) => {
      const parts = new Array<number>(10).fill(0);
      const period = periods[tier];
      for (let n = 0; n < 1_000; n += 1) {
        const next = nextVisit(`${base}/${n}`, tier, now + period);
        const part = Math.floor((10 * (next % period)) / period);
        parts[part] = (parts[part] ?? 0) + 1;
      }
      expect(Math.min(...parts)).toBeGreaterThan(50);
      expect(Math.max(...parts)).toBeLessThan(160);
    }),
    { numRuns: 20, seed: 1 },
  );
});
