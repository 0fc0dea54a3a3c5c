import { describe, expect, it } from "vitest";
import { explainResults } from "./explainResults.ts";
import { prettyLines } from "./prettyLines.ts";

describe("prettyLines", () => {
  it("gives every line its place", () => {
    const lines = prettyLines('{"a":["x",{"b/c":1}],"d":{},"e":null}');
    expect(lines.map((line) => line.text)).toEqual([
      "{",
      '  "a": [',
      '    "x",',
      "    {",
      '      "b/c": 1',
      "    }",
      "  ],",
      '  "d": {},',
      '  "e": null',
      "}",
    ]);
    expect(lines.map((line) => line.pointer)).toEqual([
      "",
      "/a",
      "/a/0",
      "/a/1",
      "/a/1/b~1c",
      null,
      null,
      "/d",
      "/e",
      null,
    ]);
  });

  it.each([
    ["<html>\r\nno</html>", ["<html>", "no</html>"]],
    ['"text"', ['"text"']],
    ["", [""]],
    ['{"n":"a\u202Eb"}', ["{", '  "n": "a\\u202Eb"', "}"]],
  ])("shows %j", (text, expected) => expect(prettyLines(text).map((line) => line.text)).toEqual(expected));

  it("stops after a thousand lines", () => {
    expect(prettyLines(JSON.stringify(Array(5_000).fill(0)))).toHaveLength(1_001);
  });
});

it("puts errors first and explains what it knows", () => {
  const result = (rule: string, severity: "error" | "warning" | "info") => ({
    rule,
    severity,
    message: "m",
    path: "",
  });
  const found = explainResults(
    [result("a", "info"), result("b", "error"), result("c", "warning"), result("d", "error")],
    [{ id: "b", title: "B", rationale: "why", clause: "§1" }],
  );
  expect(found.map((each) => each.rule)).toEqual(["b", "d", "c", "a"]);
  expect(found[0]).toMatchObject({ title: "B", rationale: "why", clause: "§1" });
  expect(found[1]).toMatchObject({ title: "d", rationale: "" });
});
