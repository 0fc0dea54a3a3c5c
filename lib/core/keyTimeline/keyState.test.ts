import { describe, expect, test } from "vitest";
import { day } from "#lib/core/Instant.ts";
import { keyStateOf, keyStates, keyUrgency, needsLook, type KeyState, type StatedKey } from "./keyState.ts";

describe("keyStateOf", () => {
  const plain: StatedKey = { fate: "sole", age: null, shared: false };
  test.each<[string, Partial<StatedKey>, KeyState]>([
    ["in use", {}, "sole"],
    ["old", { age: "overdue" }, "overdue"],
    ["getting old", { age: "due" }, "due"],
    ["old, and its successor spreads", { fate: "waiting", age: "overdue" }, "waiting"],
    ["old, and its successor is known", { fate: "removable", age: "overdue" }, "overdue"],
    ["getting old, and its successor is known", { fate: "removable", age: "due" }, "removable"],
    ["shared and old", { age: "overdue", shared: true }, "shared"],
    ["leaked, shared and old", { fate: "leaked", age: "overdue", shared: true }, "leaked"],
  ])("%s", (_, change, state) => {
    expect(keyStateOf({ ...plain, ...change })).toBe(state);
  });
});

test("what went wrong stays news for a month", () => {
  const now = 1_000 * day;
  expect(keyUrgency("cutover", now - 29 * day, now)).toBe(keyStates.indexOf("cutover"));
  expect(keyUrgency("cutover", now - 31 * day, now)).toBe(keyStates.length);
  expect(needsLook("cutover", now - 29 * day, now)).toBe(true);
  expect(needsLook("cutover", now - 31 * day, now)).toBe(false);
  expect(needsLook("overdue", null, now)).toBe(true);
  expect(needsLook("due", null, now)).toBe(false);
});
