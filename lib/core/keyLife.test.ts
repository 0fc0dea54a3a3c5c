import { describe, expect, it } from "vitest";
import { day, hour, minute } from "./Instant.ts";
import type { KeyLife, KeyState } from "./keyLife.ts";
import { dueRotation, inKeySet, mayActivate, mayRetire, mayRevoke } from "./keyLife.ts";

const now = 1_790_000_000_000;
const key = (state: KeyState, more: Partial<KeyLife> = {}): KeyLife => ({
  kid: state,
  state,
  publishedAt: now - 200 * day,
  ...more,
});

describe("mayActivate", () => {
  it.each([
    ["after 24 hours", day, {}, true],
    ["not a moment earlier", day - 1, {}, false],
    ["forced after 20 minutes", 20 * minute, { forced: true }, true],
    ["never before 20 minutes, even forced", 20 * minute - 1, { forced: true }, false],
    ["the first key at once", 0, { first: true }, true],
  ])("%s", (_, age, how, ok) => {
    expect(mayActivate(key("next", { publishedAt: now - age }), now, how).ok).toBe(ok);
  });

  it("says from when it may", () => {
    expect(mayActivate(key("next", { publishedAt: now }), now)).toMatchObject({ from: now + day });
  });

  it.each(["active", "retiring", "retired", "revoked"] as const)("never from %s", (state) => {
    expect(mayActivate(key(state), now).ok).toBe(false);
  });
});

describe("mayRetire", () => {
  it("five minutes after the last exp it signed", () => {
    expect(mayRetire(key("retiring", { lastExp: now - 5 * minute }), now).ok).toBe(true);
    expect(mayRetire(key("retiring", { lastExp: now - 5 * minute + 1 }), now).ok).toBe(false);
    expect(mayRetire(key("retiring"), now).ok).toBe(true);
    expect(mayRetire(key("active"), now).ok).toBe(false);
  });
});

describe("the key set", () => {
  it("holds next, active and retiring keys", () => {
    const states: KeyState[] = ["next", "active", "retiring", "retired", "revoked"];
    expect(states.filter(inKeySet)).toEqual(["next", "active", "retiring"]);
    expect(states.filter((state) => mayRevoke(key(state)).ok)).toHaveLength(4);
  });
});

describe("dueRotation", () => {
  const young = key("active", { activatedAt: now - day });
  const old = key("active", { activatedAt: now - 90 * day });
  it.each<[string, KeyLife[], unknown]>([
    ["no key: make one", [], [{ step: "create_next" }]],
    [
      "the first next key signs at once",
      [key("next", { publishedAt: now })],
      [{ step: "activate", kid: "next" }],
    ],
    [
      "after a revocation the next key waits for the floor",
      [key("revoked"), key("next", { publishedAt: now - minute })],
      [],
    ],
    [
      "and then signs",
      [key("revoked"), key("next", { publishedAt: now - 20 * minute })],
      [{ step: "activate", kid: "next" }],
    ],
    ["a young key: nothing", [young], []],
    [
      "a day and an hour before the change: publish the next",
      [key("active", { activatedAt: now - 89 * day + hour })],
      [{ step: "create_next" }],
    ],
    [
      "at 90 days: change over",
      [old, key("next", { publishedAt: now - day })],
      [{ step: "activate", kid: "next", retiring: "active" }],
    ],
    ["a next key published too late delays the change", [old, key("next", { publishedAt: now - hour })], []],
    [
      "a retiring key goes when its heads are gone",
      [young, key("retiring", { lastExp: now - hour })],
      [{ step: "retire", kid: "retiring" }],
    ],
  ])("%s", (_, keys, steps) => {
    expect(dueRotation(keys, now)).toEqual(steps);
  });
});
