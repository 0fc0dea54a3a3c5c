import { expect, test } from "vitest";
import { hasInvisible, visibleText } from "./visibleText.ts";

const cases: [string, string][] = [
  ["Acme Löwe 漢字 👍", "Acme Löwe 漢字 👍"],
  ["a\u0000b", "a\\u0000b"],
  ["a\u001b[31m", "a\\u001B[31m"],
  ["evil\u202Egpj", "evil\\u202Egpj"],
  ["zero\u200Bwidth", "zero\\u200Bwidth"],
  ["line\u2028sep", "line\\u2028sep"],
  ["lone\uD800", "lone\\uD800"],
  ["tag\u{E0041}", "tag\\u{E0041}"],
  ["\u3164\uFFA0\u115F", "\\u3164\\uFFA0\\u115F"],
  ["a\u034Fb\u17B4\u2800", "a\\u034Fb\\u17B4\\u2800"],
  ["❤\uFE0F", "❤\uFE0F"],
];

test.each(cases)("%j", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
  expect(hasInvisible(text)).toBe(text !== shown);
});

test("long text is cut", () => {
  expect(visibleText("x".repeat(300), 10)).toBe("xxxxxxxxxx…");
});
