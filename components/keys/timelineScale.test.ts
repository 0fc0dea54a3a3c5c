import { describe, expect, test } from "vitest";
import { day } from "#lib/core/Instant.ts";
import { ticksOf } from "./timelineScale.ts";

const from = Date.UTC(2026, 9, 20);

describe("ticksOf", () => {
  test.each([
    ["weeks", 30, ["20 Oct", "27 Oct", "3 Nov", "10 Nov", "17 Nov"]],
    ["months", 150, ["Nov", "Dec", "2027", "Feb", "Mar"]],
    ["quarters", 500, ["2027", "Apr", "Jul", "Oct", "2028"]],
    ["years", 2_000, ["2027", "2028", "2029", "2030", "2031", "2032"]],
  ])("%s", (_, days, labels) => {
    expect(ticksOf(from, from + days * day).map(({ label }) => label)).toEqual(labels);
  });

  test("never more than eight", () => {
    for (let days = 1; days < 6_000; days += 37)
      expect(ticksOf(from, from + days * day).length).toBeLessThan(9);
  });
});
