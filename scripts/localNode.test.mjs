import { expect, it } from "vitest";
import { isNodeRecentEnough } from "./localNode.mjs";

it.each([
  ["18.20.8", false],
  ["20.20.2", false],
  ["22.18.9", false],
  ["22.19.0", true],
  ["23.11.0", false],
  ["24.10.0", false],
  ["24.11.0", true],
  ["25.2.0", false],
  ["26.0.0", true],
  ["27.1.0", true],
])("Node %s is new enough: %s", (version, verdict) => {
  expect(isNodeRecentEnough(version)).toBe(verdict);
});
