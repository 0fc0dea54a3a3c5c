import { describe, expect, it } from "vitest";
import { day, minute, second } from "#lib/core/Instant.ts";
import type { HeadInput } from "./composeHead.ts";
import { composeHead } from "./composeHead.ts";
import { keepDenies, mustKeepDeny } from "./keepDenies.ts";
import type { HeadDeny } from "./wire.ts";

const now = 1_790_000_000_500;
const input: HeadInput = {
  iss: "https://gov.example",
  sub: "https://gov.example/v1/lists/prod/head",
  now,
  lifetime: day,
  ttl: 10,
  epoch: 1,
  seq: 7,
  rev: 3,
  root: "a".repeat(64),
  count: 2,
  deny: [],
};
const deny = (at: number, client_id = "https://x.example/c"): HeadDeny => ({ client_id, at, reason: "r" });

describe("composeHead", () => {
  it("writes times in whole seconds and leaves an absent prev out", () => {
    const claims = composeHead(input);
    expect(claims).toMatchObject({ iat: 1_790_000_000, exp: 1_790_086_400, v: 1 });
    expect(claims).not.toHaveProperty("prev");
    expect(composeHead({ ...input, prev: "b".repeat(64) }).prev).toBe("b".repeat(64));
  });

  it.each<[string, Partial<HeadInput>]>([
    ["a life under 15 minutes", { lifetime: 15 * minute - 1 }],
    ["a life over 7 days", { lifetime: 7 * day + 1 }],
    ["seq 0", { seq: 0 }],
    ["an unsafe seq", { seq: 2 ** 53 }],
    ["a root that is no hash", { root: "abc" }],
    ["201 denies", { deny: Array.from({ length: 201 }, () => deny(1)) }],
    ["a deny that names nothing", { deny: [{ at: 1, reason: "r" }] }],
  ])("refuses %s", (_, part) => {
    expect(() => composeHead({ ...input, ...part })).toThrow(RangeError);
  });
});

describe("keepDenies", () => {
  const at = now / second;
  it.each<[string, number, number | undefined, boolean]>([
    ["six days old", at - 6 * 86_400, undefined, true],
    ["eight days old, never approved", at - 8 * 86_400, undefined, false],
    ["eight days old, an approving head still lives", at - 8 * 86_400, at + 60, true],
    ["eight days old, the approving head has expired", at - 8 * 86_400, at - 60, false],
  ])("%s: kept %#", (_, since, approvedUntil, kept) => {
    expect(mustKeepDeny({ deny: deny(since), approvedUntil }, now)).toBe(kept);
  });

  it("keeps the newest 200 and counts what did not fit", () => {
    const many = Array.from({ length: 203 }, (_, n) => ({ deny: deny(at - n, `https://x.example/${n}`) }));
    const kept = keepDenies(many, now);
    expect(kept.overflow).toBe(3);
    expect(kept.deny).toHaveLength(200);
    expect(kept.deny[0]?.client_id).toBe("https://x.example/0");
  });
});
