import { expect, it } from "vitest";
import { diffText } from "./diffText.ts";

const signs = { same: " ", added: "+", removed: "-" };

it.each([
  [[], [], []],
  [["a"], ["a"], [" a"]],
  [["a"], [], ["-a"]],
  [[], ["a"], ["+a"]],
  [
    ["a", "b", "c"],
    ["a", "x", "c"],
    [" a", "-b", "+x", " c"],
  ],
  [
    ["a", "b"],
    ["b", "a"],
    ["-a", " b", "+a"],
  ],
  [
    ["", "a"],
    ["a", ""],
    ["-", " a", "+"],
  ],
])("%j → %j", (before, after, expected) => {
  expect(diffText(before, after).map((line) => `${signs[line.kind]}${line.text}`)).toEqual(expected);
});
