import { expect, test } from "vitest";
import { allRules } from "./allRules.ts";
import { ruleById } from "./ruleById.ts";

test("no two rules share an id, whatever their kind", () => {
  const ids = allRules.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("every rule says what it is, why it matters and who says so", () => {
  for (const { id, title, rationale, clause } of allRules) {
    expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
    expect([id, title.trim(), rationale.trim(), clause.trim()]).not.toContain("");
    expect(title, id).not.toMatch(/\.$/);
    expect(rationale, id).toMatch(/[.!?:)”"]$/);
  }
});

test.each([
  ["redirect.wildcard", "check"],
  ["drift.auth-downgraded", "drift"],
] as const)("%s is a rule of kind %s", (id, kind) => {
  expect(ruleById(id)).toMatchObject({ id, kind });
});

test("an id that was never released is no rule", () => {
  expect(ruleById("redirect.nothing")).toBeUndefined();
});
