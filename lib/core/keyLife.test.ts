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

  it("needs to be named where there are key sets, also when forced", () => {
    const unnamed = mayActivate(key("next", { namedAt: null }), now, { forced: true });
    expect(unnamed).toMatchObject({ ok: false, sentence: expect.stringContaining("root propose") as string });
    const named = key("next", { namedAt: now - 20 * minute });
    expect(mayActivate(named, now, { forced: true }).ok).toBe(true);
    expect(mayActivate(named, now)).toMatchObject({ ok: false, from: now - 20 * minute + day });
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
      "after a revocation the next key signs at once, however young and unnamed",
      [key("revoked"), key("next", { publishedAt: now, namedAt: null })],
      [{ step: "activate", kid: "next" }],
    ],
    ["without a next key one is made", [key("revoked")], [{ step: "create_next" }]],
    [
      "of two next keys the one that the key set names",
      [
        key("revoked"),
        key("next", { kid: "older", publishedAt: now - day, namedAt: null }),
        key("next", { kid: "named", publishedAt: now - hour, namedAt: now - minute }),
      ],
      [{ step: "activate", kid: "named" }],
    ],
    [
      "a key that the newest key set does not name waits",
      [old, key("next", { publishedAt: now - 9 * day, namedAt: null })],
      [],
    ],
    [
      "and a day longer from when it was named",
      [old, key("next", { publishedAt: now - 9 * day, namedAt: now - day + 1 })],
      [],
    ],
    [
      "then signs",
      [old, key("next", { publishedAt: now - 9 * day, namedAt: now - day })],
      [{ step: "activate", kid: "next", retiring: "active" }],
    ],
    [
      "no key of the database follows an external one by itself",
      [key("active", { activatedAt: now - 90 * day, external: true })],
      [],
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
