import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allRules } from "./allRules.ts";
import { filterRules } from "./filterRules.ts";
import { ruleById } from "./ruleById.ts";
import { ruleGroups } from "./ruleGroups.ts";
import { severityMoves } from "./severityMoves.ts";
import { whatFollows } from "./whatFollows.ts";

test("every rule stands in one group of its own kind", () => {
  const groups = ruleGroups(allRules);
  expect(groups.flatMap(({ rules }) => rules).toSorted(byId)).toEqual([...allRules].toSorted(byId));
  for (const { kind, rules, title } of groups)
    expect([title, ...new Set(rules.map((rule) => rule.kind))]).toEqual([title, kind]);
});

describe("a filter", () => {
  test.each([
    [{}, allRules.length],
    [{ kind: "drift", severity: "critical", text: "wildcard" }, 1],
    [{ text: "REDIRECT.wildcard" }, 1],
    [{ text: "rfc 9700 wildcard  template" }, 1],
    [{ kind: "time", text: "wildcard" }, 0],
    [{ kind: "check", severity: "high" }, 0],
  ] as const)("%j", (filter, count) => {
    expect(filterRules(allRules, filter)).toHaveLength(count);
  });
});

describe("what follows", () => {
  test.each([
    ["redirect.wildcard", /invalid/],
    ["redirect.loopback", /reviewer weighs/],
    ["drift.redirect-added-new-site", /waits for people.*opens a finding/],
    ["drift.redirect-removed", /leaves the lists at once/],
    ["drift.key-added", /opens no finding/],
    ["drift.client-id-mismatch", /suspends the client/],
    ["reach.gone", /opens a finding.*suspends the client/],
    ["time.key-overdue", /^It opens a finding/],
  ])("from %s", (id, words) => {
    const rule = ruleById(id);
    expect(rule && whatFollows(rule)).toMatch(words);
  });
  test("is said of every rule", () => {
    for (const rule of allRules) expect(whatFollows(rule), rule.id).toMatch(/\.$/);
  });
});

describe("what moves a severity", () => {
  /** Rule files whose severity is not always the usual one, as far as their text shows it. */
  const moving = ["check/rules", "drift/rules", "watch/reach/rules", "watch/time", "watch/sight"].flatMap(
    (folder) => {
      const url = new URL(`../${folder}/`, import.meta.url);
      return readdirSync(url).flatMap((name) => {
        const source = readFileSync(new URL(name, url), "utf8");
        const id = /^ {2}id: "([^"]+)",$/m.exec(source)?.[1];
        if (id === undefined || name.endsWith(".test.ts")) return [];
        const run = source.slice(source.search(/^ {2}run\b/m));
        return /\bseverity\b|"(?:error|warning|info)"/.test(run) ? [id] : [];
      });
    },
  );
  test("is said of every rule that does it", () => {
    expect(moving.length).toBeGreaterThan(40);
    expect(moving.filter((id) => severityMoves[id] === undefined)).toEqual([]);
  });
  test("is said of no rule that does not", () => {
    const known = new Set(moving);
    expect(Object.keys(severityMoves).filter((id) => !known.has(id))).toEqual([]);
  });
});

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
