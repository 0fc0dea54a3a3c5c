import { describe, expect, it } from "vitest";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { dayOf, duration, exactTime, relativeTime } from "./time.ts";

const now = Date.UTC(2026, 10, 21, 13, 10, 4);

describe("time", () => {
  it.each([
    [0, "now"],
    [44 * second, "now"],
    [50 * second, "1 min"],
    [89 * minute, "89 min"],
    [2 * hour, "2 h"],
    [35 * hour, "35 h"],
    [3 * day, "3 d"],
    [59 * day, "59 d"],
    [120 * day, "4 mo"],
    [-6 * day, "in 6 d"],
  ])("says how long ago %i ms was", (ago, words) => expect(relativeTime(now - ago, now)).toBe(words));

  it("says it in a sentence", () => {
    expect(relativeTime(now - 4 * minute, now, true)).toBe("4 min ago");
    expect(relativeTime(now, now, true)).toBe("just now");
    expect(relativeTime(now + 4 * minute, now, true)).toBe("in 4 min");
  });

  it("writes the exact time in UTC", () => {
    expect(exactTime(now)).toBe("21 Nov 2026, 13:10:04 UTC");
    expect(dayOf(now)).toBe("21 Nov 2026");
  });

  it.each([
    [1_400, "1.4 s"],
    [42 * second, "42 s"],
    [15 * minute, "15 min"],
    [day, "24 h"],
  ])("measures %i ms", (ms, words) => expect(duration(ms)).toBe(words));
});
