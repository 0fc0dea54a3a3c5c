import { expect, test } from "vitest";
import { parseFindingWords } from "./parseFindingWords.ts";

test.each([
  [{}, { states: ["open", "acknowledged"] }],
  [{ state: "any" }, {}],
  [{ state: "waived" }, { states: ["waived"] }],
  [
    { state: "open, snoozed", severity: "critical,high" },
    { states: ["open", "snoozed"], severities: ["critical", "high"] },
  ],
])("%j", (words, filter) => {
  expect(parseFindingWords(words)).toEqual(filter);
});

test.each([[{ state: "new" }], [{ state: "open,any" }], [{ state: "" }], [{ severity: "any" }]])(
  "%j is refused",
  (words) => {
    expect(() => parseFindingWords(words)).toThrow(/One or more of/);
  },
);
