import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** The linter stands behind the walls and sees what no import shows. Each line: a file, a fault in it, the rule that must say so. */
const faults: [path: string, text: string, rule: string][] = [
  ["lib/core/reads.ts", 'import "node:fs";', "eslint(no-restricted-imports)"],
  ["lib/core/upward.ts", 'import "#lib/flows/verb.ts";', "eslint(no-restricted-imports)"],
  ["lib/core/clock.ts", "export const now = Date.now();", "eslint(no-restricted-properties)"],
  ["lib/core/dice.ts", "export const dice = Math.random();", "eslint(no-restricted-properties)"],
  ["lib/core/environment.ts", "export const home = process.env.HOME;", "eslint(no-restricted-globals)"],
  ["lib/core/sha256.ts", 'import "node:fs";', "eslint(no-restricted-imports)"],
  ["lib/flows/queries.ts", 'import "drizzle-orm";', "eslint(no-restricted-imports)"],
  ["lib/flows/relative.ts", 'import "../core/thought.ts";', "eslint(no-restricted-imports)"],
  ["lib/views/renders.ts", 'import "next/navigation";', "eslint(no-restricted-imports)"],
  ["lib/net/signs.ts", 'import "jose";', "eslint(no-restricted-imports)"],
  ["lib/net/shouts.ts", 'console.log("x");', "eslint(no-console)"],
  ["lib/db/wanders.ts", 'import "#lib/net/hand.ts";', "eslint(no-restricted-imports)"],
  ["lib/keys/wanders.ts", 'import "#lib/db/hand.ts";', "eslint(no-restricted-imports)"],
  [
    "lib/consumer/compiles.ts",
    'import { it } from "#lib/core/allowlist/wire.ts"; export const x = it;',
    "eslint(no-restricted-imports)",
  ],
  ["app/page.tsx", 'import "#lib/db/rows.ts";', "eslint(no-restricted-imports)"],
  [
    "lib/flows/forgets.ts",
    "const go = async () => {}; export const x = () => { go(); };",
    "typescript(no-floating-promises)",
  ],
  ["lib/flows/guesses.ts", "export const x = (y: any): string => y;", "typescript(no-explicit-any)"],
  ["lib/flows/unused.ts", "export const x = () => { const y = 1; };", "eslint(no-unused-vars)"],
];

const allowed: [path: string, text: string][] = [
  ["lib/core/sha512.ts", "export const parsed = Date.parse('2026-01-01');"],
  ["lib/core/ok.test.ts", 'import "node:fs"; console.log(Date.now());'],
  ["lib/cli/says.ts", 'console.log("x");'],
  ["lib/consumer/types.ts", 'import type { It } from "#lib/core/allowlist/wire.ts"; export type X = It;'],
  ["lib/db/queries.ts", 'import "drizzle-orm";'],
];

const house = mkdtempSync(join(tmpdir(), "rollcall-lint-"));
let said: { filename: string; code: string }[];

beforeAll(() => {
  for (const file of [".oxlintrc.json", "tsconfig.json", "package.json"]) cpSync(file, join(house, file));
  symlinkSync(join(process.cwd(), "node_modules"), join(house, "node_modules"));
  for (const [path, text] of [...faults, ...allowed]) {
    mkdirSync(join(house, dirname(path)), { recursive: true });
    writeFileSync(join(house, path), `${text}\n\n`);
  }
  const oxlint = join(house, "node_modules/oxlint/bin/oxlint");
  const { stdout } = spawnSync(process.execPath, [oxlint, "--type-aware", "-f", "json"], {
    cwd: house,
    encoding: "utf8",
  });
  said = (JSON.parse(stdout) as { diagnostics: typeof said }).diagnostics;
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

it.each(faults)("%s: %s", (path, _text, rule) => {
  expect(said.filter((it) => it.filename === path).map((it) => it.code)).toContain(rule);
});

it.each(allowed)("lets %s say %s", (path) => {
  expect(said.filter((it) => it.filename === path).map((it) => it.code)).toEqual([]);
});
