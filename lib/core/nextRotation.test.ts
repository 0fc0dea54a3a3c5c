import { describe, expect, it } from "vitest";
import { day, hour, minute } from "./Instant.ts";
import type { KeyLife, KeyState } from "./keyLife.ts";
import { nextRotation } from "./nextRotation.ts";

const now = 1_790_000_000_000;
const key = (state: KeyState, more: Partial<KeyLife> = {}): KeyLife => ({
  kid: state,
  state,
  publishedAt: now - 30 * day,
  ...more,
});
const active = key("active", { activatedAt: now - 30 * day });

describe("nextRotation", () => {
  it.each<[string, KeyLife[], boolean, object]>([
    ["no next key", [active], false, { step: "publish", byItselfAt: now + 59 * day }],
    ["one was asked for", [active], true, { step: "wait", kid: null }],
    [
      "an external active key",
      [key("active", { external: true })],
      false,
      { step: "wait", byItselfAt: null },
    ],
    ["none signs", [key("revoked"), key("next")], false, { step: "wait", kid: "next" }],
    [
      "published just now",
      [active, key("next", { publishedAt: now })],
      false,
      { step: "wait", from: now + day, forcedFrom: now + 20 * minute, byItselfAt: now + 60 * day },
    ],
    [
      "published an hour ago",
      [active, key("next", { publishedAt: now - hour })],
      false,
      { step: "sign", from: now + 23 * hour, forcedFrom: now },
    ],
    [
      "published a day ago",
      [active, key("next", { publishedAt: now - day })],
      false,
      { step: "sign", from: now },
    ],
    [
      "not named by the key set",
      [active, key("next", { namedAt: null })],
      false,
      { step: "wait", from: null, forcedFrom: null, byItselfAt: null },
    ],
  ])("%s", (_, keys, asked, expected) => {
    expect(nextRotation(keys, now, asked)).toMatchObject(expected);
  });
});
