import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { realClientsPage } from "./realClientsPage.ts";
import { rulesPage } from "./rulesPage.ts";

const stored = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), "utf8");

test("docs/rules.md is what the list of checks says; write it with `node tools/rulesPage.ts`", () => {
  expect(stored("rules.md")).toBe(rulesPage());
});

test("docs/real-clients.md is what the checks say; write it with `node tools/realClientsPage.ts`", () => {
  expect(stored("real-clients.md")).toBe(realClientsPage());
});
