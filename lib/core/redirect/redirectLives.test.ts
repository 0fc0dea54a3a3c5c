import { expect, test } from "vitest";
import { redirectLives } from "./redirectLives.ts";

test("since when each is live, approved or gone", () => {
  const lives = redirectLives(
    [
      { at: 10, uris: ["a", "b"] },
      { at: 20, uris: ["a", "c"] },
      { at: 30, uris: ["a", "b", "d"] },
    ],
    [
      { at: 15, uris: ["a", "b"] },
      { at: 25, uris: ["a"] },
      { at: 35, uris: ["a", "b"] },
      { at: 36, uris: ["a", "b", "x"] },
    ],
  );
  const row = (uri: string) => Object.values(lives.find((life) => life.uri === uri) ?? {});
  // uri, first seen, live since, left, approved since, returns
  expect(row("a")).toEqual(["a", 10, 10, null, 15, 0]);
  expect(row("b")).toEqual(["b", 10, 30, null, 35, 1]);
  expect(row("c")).toEqual(["c", 20, null, 30, null, 0]);
  expect(row("d")).toEqual(["d", 30, 30, null, null, 0]);
  expect(row("x")).toEqual(["x", null, null, null, 36, 0]);
});
