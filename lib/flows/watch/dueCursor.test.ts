import { expect, test } from "vitest";
import { minute, second } from "#lib/core/Instant.ts";
import { dueCursor } from "./dueCursor.ts";

const noon = 1_795_003_200_000;

test("goes on where the last look ended, and from the beginning every ten seconds", () => {
  const cursor = dueCursor();
  expect(cursor.next(noon)).toBe(0);
  cursor.found(noon - minute);
  expect(cursor.next(noon + second)).toBe(noon - minute);
  cursor.found(noon);
  expect(cursor.next(noon + 9 * second)).toBe(noon);
  expect(cursor.next(noon + 10 * second)).toBe(0);
  cursor.found(noon + second);
  expect(cursor.next(noon + 11 * second)).toBe(noon + second);
});

test("from the beginning once nothing was found", () => {
  const cursor = dueCursor();
  cursor.next(noon);
  cursor.found(noon - minute);
  cursor.next(noon + second);
  cursor.found(undefined);
  expect(cursor.next(noon + 2 * second)).toBe(0);
});
