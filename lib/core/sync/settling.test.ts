import { describe, expect, test } from "vitest";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Change } from "#lib/core/drift/Drift.ts";
import { day, hour } from "#lib/core/Instant.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import { freshGrowth } from "./freshGrowth.ts";
import { isAnnounced } from "./isAnnounced.ts";
import { isHarmless } from "./isHarmless.ts";
import { saidMaxAge } from "./saidMaxAge.ts";
import { stillExcluded } from "./stillExcluded.ts";

function change(rule: string, of: Partial<Change> = {}): Change {
  return { rule: `drift.${rule}`, severity: "high", effect: "growth", message: ".", path: "/x", ...of };
}
const added = (...after: string[]) => change("redirect-added-new-site", { path: "/redirect_uris", after });
const renamed = (after: string) => change("client-name-changed", { path: "/client_name", after });

describe("growth that nobody has decided about", () => {
  test.each<[string, Change[], Change[], Change[]]>([
    ["nothing was left out", [added("x")], [added("x")], [added("x")]],
    ["all of it was left out", [added("x")], [], []],
    ["one more beside what was left out", [added("x", "y")], [added("y")], [added("x", "y")]],
    ["another member beside it", [added("x"), renamed("B")], [renamed("B")], [renamed("B")]],
    // The name that was left out went back to the approved one: against the left-out name that is a change, but no growth.
    ["a name that was left out is taken back", [added("x")], [renamed("A")], []],
    [
      "told by another rule",
      [change("key-hard-cutover", { after: ["k2", "k3"] })],
      [change("key-added", { after: ["k3"] })],
      [change("key-hard-cutover", { after: ["k2", "k3"] })],
    ],
    ["only what grows", [change("redirect-removed", { effect: "shrinkage" })], [added("x")], []],
  ])("%s", (_, standing, undecided, fresh) => {
    expect(freshGrowth(standing, undecided)).toEqual(fresh);
  });
});

describe("growth as it was announced", () => {
  test.each<[string, Change[], boolean]>([
    ["the announced key", [change("key-added", { after: ["k2"] })], true],
    ["another key", [change("key-added", { after: ["k3"] })], false],
    ["another key beside it", [change("key-added", { after: ["k2", "k3"] })], false],
    ["something else beside it", [change("key-added", { after: ["k2"] }), added("x")], false],
    ["every key replaced by it", [change("key-hard-cutover", { before: ["k1"], after: ["k2"] })], false],
    ["an announced key that was removed before", [change("key-returned", { after: ["k2"] })], false],
    ["no growth", [], false],
  ])("%s: %s", (_, growth, announced) => {
    expect(isAnnounced(growth, ["k2"])).toBe(announced);
  });
});

describe("harmless", () => {
  test.each<[string, Change[], boolean]>([
    ["nothing", [], true],
    ["formatting", [change("formatting-only", { severity: "low", effect: "neutral" })], true],
    [
      "an old key taken away in time",
      [change("key-retired", { severity: "low", effect: "shrinkage" })],
      true,
    ],
    ["a key added", [change("key-added", { severity: "low" })], false],
    ["localhost to an address", [change("redirect-loopback-name", { severity: "low" })], true],
    ["an address to localhost", [change("redirect-loopback-name", { severity: "medium" })], false],
    [
      "a callback taken away",
      [change("redirect-removed", { severity: "medium", effect: "shrinkage" })],
      false,
    ],
  ])("%s: %s", (_, changes, harmless) => {
    expect(isHarmless(changes)).toBe(harmless);
  });
});

describe("exclusions of a snapshot", () => {
  const members = { redirect_uris: ["x", "y"], scope: "read write", client_name: "B" };
  const keys = [{ jkt: "k1" }] as ParsedKey[];
  test.each<[string, Exclusion, boolean]>([
    ["a redirect that is there", { member: "redirect_uris", value: "x" }, true],
    ["a redirect that is not", { member: "redirect_uris", value: "z" }, false],
    ["a scope that is there", { member: "scope", value: "write" }, true],
    ["a key that is there", { member: "keys", value: "k1" }, true],
    ["a key that is not", { member: "keys", value: "k2", removed: true }, false],
    ["a name that differs", { member: "client_name", before: "A" }, true],
    ["a name that does not", { member: "client_name", before: "B" }, false],
    ["a member that had to stay away and did", { member: "logo_uri" }, false],
  ])("%s matters: %s", (_, exclusion, matters) => {
    expect(stillExcluded([exclusion], { members, keys })).toEqual(matters ? [exclusion] : null);
  });
});

describe("how long an answer may be reused", () => {
  test.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ["public", undefined],
    ["max-age=3600", hour],
    ["public, max-age=259200", 3 * day],
    ["no-store", 0],
  ])("%s", (control, life) => {
    expect(saidMaxAge({ headers: control === undefined ? {} : { "cache-control": control } })).toBe(life);
  });
});
