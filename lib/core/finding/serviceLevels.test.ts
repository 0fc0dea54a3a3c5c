import { expect, test } from "vitest";
import { day, hour, minute } from "#lib/core/Instant.ts";
import { deadlinesOf, missedDeadline, movedDeadlines } from "./serviceLevels.ts";

test.each([
  ["critical", 30 * minute, 4 * hour],
  ["high", 4 * hour, day],
  ["medium", day, 7 * day],
  ["low", 7 * day, 30 * day],
  ["info", null, null],
] as const)("%s", (severity, acknowledge, decide) => {
  expect(deadlinesOf(severity, 0)).toEqual({ acknowledgeBy: acknowledge, decideBy: decide });
});

test.each([
  ["open", 0, null],
  ["open", 4 * hour - 1, null],
  ["open", 4 * hour, 4 * hour],
  ["open", day, day],
  ["acknowledged", 4 * hour, null],
  ["acknowledged", day, day],
  ["snoozed", day, null],
  ["dismissed", day, null],
  ["waived", day, null],
  ["resolved", day, null],
])("a high finding that is %s after %d ms has missed %s", (state, now, missed) => {
  expect(missedDeadline({ state, ...deadlinesOf("high", 0) }, now)).toBe(missed);
});

test.each([
  ["a graver one runs from now on", "high", "critical", hour, hour + 30 * minute, 5 * hour],
  ["but never later than before", "high", "critical", 23 * hour, 4 * hour, day],
  ["a lesser one runs from the start", "high", "medium", 5 * hour, day, 7 * day],
  ["info has none", "high", "info", hour, null, null],
] as const)("%s", (_, from, to, now, acknowledgeBy, decideBy) => {
  const finding = { severity: from, firstSeenAt: 0, regressedAt: null, ...deadlinesOf(from, 0) };
  expect(movedDeadlines(finding, to, now)).toEqual({ acknowledgeBy, decideBy });
});

test("out of info, time begins", () => {
  const finding = { severity: "info", firstSeenAt: 0, regressedAt: null, ...deadlinesOf("info", 0) } as const;
  expect(movedDeadlines(finding, "low", day)).toEqual({ acknowledgeBy: 8 * day, decideBy: 31 * day });
});
