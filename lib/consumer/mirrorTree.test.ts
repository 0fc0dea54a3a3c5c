import { expect, test } from "vitest";
import { mirrorTree } from "./mirrorTree.ts";
import type { ReadObject } from "./objectReader.ts";

/** Sixteen branches, each of which names the next one sixteen times: 16^16 ways, 17 objects. */
function knot(): { read: ReadObject; reads: () => number } {
  let reads = 0;
  const read: ReadObject = async (name) => {
    reads++;
    const level = Number(name);
    if (level === 16) return { kind: "leaf", entries: new Map() };
    const digits = [..."0123456789abcdef"];
    return { kind: "branch", children: new Map(digits.map((digit) => [digit, String(level + 1)])) };
  };
  return { read, reads: () => reads };
}

test("an object that stands in many places is read once", async () => {
  const { read, reads } = knot();
  await mirrorTree("0", null, read);
  expect(reads()).toBe(17);
});

test("a tree that does not come to its end is left in time", async () => {
  let left = 5;
  const endless: ReadObject = async (name) => ({
    kind: "branch",
    children: new Map([["0", `${name}0`]]),
  });
  await expect(mirrorTree("", null, endless, () => left-- === 0)).rejects.toMatchObject({ code: "timeout" });
});
