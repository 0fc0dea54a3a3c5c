import fc from "fast-check";
import { expect, test } from "vitest";
import { freshFor } from "./freshFor.ts";

const answer = (control?: string, age?: string) => ({
  headers: {
    ...(control === undefined ? {} : { "cache-control": control }),
    ...(age === undefined ? {} : { age }),
  },
});

test.each([
  [undefined, 0],
  ["", 0],
  ["max-age=60", 60],
  ["public, MAX-AGE=60, must-revalidate", 60],
  ['max-age="60"', 60],
  ["public,max-age=60;foo", 60],
  ["max-age=31536000, immutable", 31_536_000],
  ["max-age=99999999999999999999", 2 ** 31],
  ["max-age=60, max-age=60", 60],
  ["max-age=60, max-age=61", 0],
  ["max-age=-1", 0],
  ["max-age=1.5", 0],
  ["max-age=1e9", 0],
  ["max-age", 0],
  ["max-age=", 0],
  ["s-maxage=60", 0],
  ["x-max-age=60", 0],
  ["no-store, max-age=60", 0],
  ["max-age=60, no-cache", 0],
  ['max-age=60, no-cache="set-cookie"', 0],
  ['private="max-age=60"', 0],
  ['ext="a\\", max-age=60", max-age=5', 5],
])("%j is fresh for %i s", (control, seconds) => {
  expect(freshFor([answer(control)])).toBe(seconds * 1_000);
});

test("what an answer spent in caches before it came is over", () => {
  expect(freshFor([answer("max-age=60", "20")])).toBe(40_000);
  expect(freshFor([answer("max-age=60", "61")])).toBe(0);
  expect(freshFor([answer("max-age=60", "-5")])).toBe(60_000);
});

test("a document and its key set are fresh together as long as the shorter of them", () => {
  expect(freshFor([answer("max-age=60"), answer("max-age=30")])).toBe(30_000);
  expect(freshFor([answer("max-age=60"), answer()])).toBe(0);
  expect(freshFor([])).toBe(0);
});

test("any header is a number of milliseconds from 0 to 2^31 seconds", () => {
  const part = fc.constantFrom("max-age", "=", '"', "\\", ",", " ", "9", "no-store", "1e9", "\u0000", "ü");
  const text = fc.oneof(
    fc.string(),
    fc.array(part).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, text, (control, age) => {
      const fresh = freshFor([answer(control, age)]);
      expect(fresh >= 0 && fresh <= 2 ** 31 * 1_000).toBe(true);
    }),
  );
});
