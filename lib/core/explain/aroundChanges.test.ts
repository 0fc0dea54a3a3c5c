import { expect, test } from "vitest";
import { aroundChanges } from "./aroundChanges.ts";
import { diffText } from "./diffText.ts";

const short = (before: string, after: string, context?: number) =>
  aroundChanges(diffText([...before], [...after]), context)
    .map((line) =>
      line.kind === "gap"
        ? `(${line.lines})`
        : `${{ same: "", added: "+", removed: "-" }[line.kind]}${line.text}`,
    )
    .join(" ");

test.each([
  ["nothing changed", "abc", "abc", ""],
  ["in the middle", "abcdefghij", "abcdXfghij", "(3) d -e +X f (4)"],
  ["at both ends", "abcdefgh", "XabcdefghY", "+X a (6) h +Y"],
  ["close together", "abcdef", "aXcYef", "a -b +X c -d +Y e (1)"],
])("%s", (_, before, after, lines) => {
  expect(short(before, after, 1)).toBe(lines);
});
