import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./parseJson.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const faulty: [string, string, string][] = [
  ["", "not_json", ""],
  ["{", "not_json", ""],
  ["{}x", "not_json", ""],
  ["{'a':1}", "not_json", ""],
  ['{"a":1,}', "not_json", ""],
  ["[1,]", "not_json", ""],
  ["01", "not_json", ""],
  ["+1", "not_json", ""],
  ["1.", "not_json", ""],
  ["NaN", "not_json", ""],
  ["nul", "not_json", ""],
  ['"a\nb"', "not_json", ""],
  ['"\\x"', "not_json", ""],
  ['"\\u12g4"', "not_json", ""],
  ["\u00a0{}", "not_json", ""],
  ['{"a":1,"a":2}', "duplicate_member", "/a"],
  ['{"a":1,"\\u0061":1}', "duplicate_member", "/a"],
  ['{"__proto__":1,"__proto__":2}', "duplicate_member", "/__proto__"],
  ['{"x":[{"a/b":1,"a/b":2}]}', "duplicate_member", "/x/0/a~1b"],
  ['{"a":"\\ud800"}', "lone_surrogate", "/a"],
  ['{"a":1e999}', "non_finite", "/a"],
  [nested(17), "too_deep", "/0".repeat(16)],
  [nested(100_000), "too_deep", "/0".repeat(16)],
];

test.each(faulty)("%s → %s", (text, kind, path) => {
  expect(parseJson(text).faults).toMatchObject([{ kind, path }]);
});

test("sixteen levels are read", () => {
  expect(parseJson(nested(16)).faults).toEqual([]);
});

test("the last duplicate wins, as in JSON.parse", () => {
  expect(parseJson('{"a":1,"a":2}').value).toEqual({ a: 2 });
});

test("__proto__ is a member like any other", () => {
  const { value } = parseJson('{"__proto__":{"polluted":true}}');
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("agrees with JSON.parse on every value it writes", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(0, 2), (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), null, indent);
      const { value, faults } = parseJson(written);
      expect(value).toEqual(JSON.parse(written));
      expect(faults.filter(({ kind }) => kind !== "lone_surrogate")).toEqual([]);
    }),
  );
});

test("refuses what JSON.parse refuses", () => {
  const letters = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "1",
    "-",
    ".",
    "e",
    "a",
    "\\",
    " ",
    "true",
  );
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), (pieces) => {
      const text = pieces.join("");
      const refused = parseJson(text).faults.some(({ kind }) => kind === "not_json");
      expect(refused).toBe(!isJson(text));
    }),
    { numRuns: 2_000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("many faults below a long name stay small: a path shows the beginning of each name", () => {
  const twice = Array.from({ length: 5_000 }, () => '"":0').join(",");
  const { faults } = parseJson(`{"${"n".repeat(30_000)}":{${twice}}}`);
  expect(faults).toHaveLength(4_999);
  expect(faults[0]?.path).toBe(`/${"n".repeat(60)}…/`);
  expect(faults.reduce((sum, { path, message }) => sum + path.length + message.length, 0)).toBeLessThan(1e6);
});
