import { expect, it } from "vitest";
import { toCsv } from "./toCsv.ts";

it.each([
  ["Claude", "Claude"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["=HYPERLINK(1)", `"'=HYPERLINK(1)"`],
  ["+1", `"'+1"`],
  ["-1", `"'-1"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  [" =1+1", `"' =1+1"`],
  ["＝1+1", `"'＝1+1"`],
  ["\t=1", `"'\t=1"`],
  [null, ""],
  [-3, "-3"],
])("writes %j as %j", (value, expected) => {
  expect(toCsv(["h"], [[value]])).toBe(`h\r\n${expected}\r\n`);
});
