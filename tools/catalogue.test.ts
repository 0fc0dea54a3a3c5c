import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allRules } from "#lib/core/rules/allRules.ts";
import { ruleById } from "#lib/core/rules/ruleById.ts";
import { driftRows, validityRows } from "./catalogue.ts";

describe.each([
  ["validity", validityRows, 80],
  ["drift", driftRows, 56],
] as const)("what was asked about %s", (_name, rows, count) => {
  test("is answered row by row", () => {
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    for (const { row, rules = [], held, later } of rows)
      expect([row, rules.length > 0 || held !== undefined || later !== undefined]).toEqual([row, true]);
  });
  test("names rules and places that exist", () => {
    expect(rows.flatMap(({ rules = [] }) => rules).filter((id) => ruleById(id) === undefined)).toEqual([]);
    for (const { held } of rows)
      if (held !== undefined)
        expect([held.by, existsSync(new URL(`../${held.by}`, import.meta.url))]).toEqual([held.by, true]);
  });
});

test("every rule answers something that was asked, or is said to be more than that", () => {
  const asked = new Set([...validityRows, ...driftRows].flatMap(({ rules = [] }) => rules));
  const more = allRules.map(({ id }) => id).filter((id) => !asked.has(id));
  expect(more.toSorted()).toEqual([
    "document.atproto-auth-method",
    "document.atproto-dpop",
    "document.atproto-grant-types",
    "document.atproto-response-types",
    "document.member-type",
    "key.unknown-type",
    "sight.key-never-seen",
    "time.attestation-due",
    "time.attestation-overdue",
  ]);
});
