import { expect, test } from "vitest";
import { valueLines } from "./valueLines.ts";

test.each([
  [undefined, undefined, []],
  ["a", "b", ["- a", "+ b"]],
  [undefined, "https://new.example/cb", ["+ https://new.example/cb"]],
  [
    ["a", "b"],
    ["b", "c"],
    ["  b", "- a", "+ c"],
  ],
  [["a"], undefined, ["- a"]],
  [{ kid: "1" }, undefined, ['- {"kid":"1"}']],
  [false, true, ["- false", "+ true"]],
  ["a\u202eb", undefined, ["- a\\u202Eb"]],
])("%j against %j", (before, after, expected) => {
  const signs = { same: " ", added: "+", removed: "-" } as const;
  expect(valueLines(before, after).map(({ kind, text }) => `${signs[kind]} ${text}`)).toEqual(expected);
});

test("a long list is cut and says so; what changed is kept", () => {
  const many = Array.from({ length: 200 }, (_, at) => `https://host.example/${at}`);
  const lines = valueLines(many, [...many, "new"]);
  expect(lines).toEqual([
    { kind: "added", text: "new" },
    { kind: "same", text: "… and 200 more" },
  ]);
});
