import { expect, test } from "vitest";
import { readRetryAfter } from "./readRetryAfter.ts";

const now = Date.parse("2026-11-21T12:00:00Z");

test.each([
  [undefined, undefined],
  ["", undefined],
  ["soon", undefined],
  ["-5", undefined],
  ["1.5", undefined],
  ["2026-11-21", undefined],
  ["0", 1_000],
  ["120", 120_000],
  [" 120 ", 120_000],
  ["99999999", 86_400_000],
  ["Sat, 21 Nov 2026 12:01:00 GMT", 60_000],
  ["Saturday, 21-Nov-26 12:01:00 GMT", 60_000],
  ["Sat, 21 Nov 2020 12:00:00 GMT", 1_000],
  ["Mon, 21 Nov 2044 12:00:00 GMT", 86_400_000],
  ["Sat, nonsense", undefined],
])("%j waits %s", (value, wait) => {
  expect(readRetryAfter(value, now)).toBe(wait);
});
