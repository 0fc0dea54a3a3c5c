import { describe, expect, it } from "vitest";
import { hour, minute } from "./Instant.ts";
import { exposureNote, keyExposure, type ExposedKey, type ServerWord } from "./keyExposure.ts";

const revokedAt = 1_790_000_000_000;
const lastExp = revokedAt + 24 * hour;
const at = (minutes: number) => revokedAt + minutes * minute;
const key = (more: Partial<ExposedKey> = {}): ExposedKey => ({ kid: "stolen", revokedAt, lastExp, ...more });
const runs = (kid: string, issued: number) => ({
  kid,
  issuedAt: at(issued),
  expiresAt: at(issued) + 24 * hour,
});
const says = (minutes: number, head: ServerWord["runs"], isForeign = false): ServerWord => ({
  reportedAt: at(minutes),
  runs: head,
  isForeign,
});
const fresh = says(2, runs("new", 1));

describe("keyExposure", () => {
  it.each<[string, ExposedKey, ServerWord | null, number, string, number | null]>([
    ["moved on: its JWKS may hold the key", key(), fresh, 5, "passing", at(10)],
    ["moved on, ten minutes later", key(), fresh, 10, "over", at(10)],
    ["an old list, at first", key(), says(2, runs("stolen", -5)), 5, "passing", at(-5) + 24 * hour],
    ["an old list, still", key(), says(20, runs("stolen", -5)), 21, "open", at(-5) + 24 * hour],
    ["a list of the key before it", key(), says(20, runs("older", -60)), 21, "open", at(-60) + 24 * hour],
    ["never reported", key(), null, 60, "silent", lastExp],
    ["last reported before", key(), says(-1, runs("stolen", -5)), 60, "silent", lastExp],
    ["silent until the last list ran out", key(), null, 24 * 60, "over", lastExp],
    ["a list nobody here signed", key(), says(2, null, true), 5, "forged", null],
    ["a root still vouches for it", key({ rootRevokedAt: null }), fresh, 60, "open", null],
    ["a root vouches, nothing heard", key({ rootRevokedAt: null }), null, 60, "silent", null],
    ["a root revoked it late", key({ rootRevokedAt: at(30) }), fresh, 31, "passing", at(35)],
    ["and five minutes later", key({ rootRevokedAt: at(30) }), fresh, 35, "over", at(35)],
    ["runs nothing", key(), says(2, null), 11, "over", at(10)],
  ])("%s", (_, which, word, minutes, state, until) => {
    expect(keyExposure(which, word, at(minutes))).toMatchObject({ state, until });
  });

  it("says plainly that its times are the latest", () => {
    expect(exposureNote).toMatch(/^Each time is the latest one: .* most servers stop earlier\./);
    for (const word of [null, says(2, runs("stolen", -5))])
      expect(keyExposure(key(), word, at(5)).sentence).toMatch(/may|should/);
  });
});
