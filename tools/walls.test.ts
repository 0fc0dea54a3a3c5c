import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import walls from "../.dependency-cruiser.mjs";
import { cruiseWalls, type Breach } from "./cruiseWalls.ts";

/** Each rule with faults that must make it fire: `from` imports `to`. Every file is planted in one small house. */
const faults: Record<string, [from: string, to: string][]> = {
  "no-circle": [["lib/core/cycle/a.ts", "#lib/core/cycle/b.ts"]],
  resolvable: [["lib/flows/lost.ts", "#lib/core/nowhere.ts"]],
  "nothing-imports-tests": [["lib/net/leaning.ts", "#lib/net/testing/server.ts"]],
  "core-is-pure": [
    ["lib/core/reads.ts", "node:fs"],
    ["lib/core/hashes.ts", "node:crypto"],
    ["lib/core/signs.ts", "jose"],
    ["lib/core/upward.ts", "#lib/db/rows.ts"],
    ["lib/core/configured.ts", "#lib/config.ts"],
  ],
  "core-hashes-with-node-crypto": [["lib/core/sha256.ts", "node:fs"]],
  "hands-are-strangers": [
    ["lib/net/stores.ts", "#lib/db/rows.ts"],
    ["lib/notify/fetches.ts", "#lib/net/hand.ts"],
    ["lib/adapters/signs.ts", "#lib/keys/hand.ts"],
  ],
  "hands-reach-down": [
    ["lib/db/tells.ts", "#lib/flows/verb.ts"],
    ["lib/keys/reads.ts", "#lib/context.ts"],
  ],
  "adapters-only-write": [["lib/adapters/reads.ts", "node:fs"]],
  "only-db-knows-sql": [
    ["lib/flows/queries.ts", "drizzle-orm"],
    ["app/(console)/queries/page.tsx", "better-sqlite3"],
    ["lib/worker/queries.ts", "pg"],
  ],
  "only-some-know-sockets": [
    ["lib/keys/calls.ts", "undici"],
    ["lib/adapters/calls.ts", "node:https"],
    ["lib/worker/resolves.ts", "node:dns/promises"],
    ["app/api/calls/route.ts", "node:net"],
  ],
  "only-keys-and-consumer-know-jose": [
    ["lib/views/signs.ts", "jose"],
    ["lib/net/verifies.ts", "jose"],
  ],
  "lib-knows-no-next": [
    ["lib/flows/redirects.ts", "next/navigation"],
    ["lib/edge/renders.ts", "react"],
  ],
  "lib-knows-no-screens": [["lib/views/draws.ts", "#components/Badge.tsx"]],
  "doors-reach-hands-through-the-story": [
    ["app/(console)/clients/page.tsx", "#lib/db/rows.ts"],
    ["lib/edge/stores.ts", "#lib/db/rows.ts"],
    ["lib/worker/fetches.ts", "#lib/net/hand.ts"],
    ["lib/cli/adapts.ts", "#lib/adapters/hand.ts"],
  ],
  "nothing-below-knows-the-doors": [
    ["lib/flows/enters.ts", "#lib/worker/timer.ts"],
    ["lib/cli/enters.ts", "#lib/worker/timer.ts"],
    ["app/api/enters/route.ts", "#lib/worker/timer.ts"],
  ],
  "the-tray-carries-hands": [["lib/context.ts", "#lib/flows/verb.ts"]],
  "config-is-a-reading": [["lib/config.ts", "#lib/keys/hand.ts"]],
  "components-are-dumb": [
    ["components/Knowing.tsx", "#lib/views/question.ts"],
    ["components/Doing.tsx", "#lib/flows/verb.ts"],
    ["components/Reading.tsx", "node:fs"],
  ],
  "flows-tell-the-story": [
    ["lib/flows/fetches.ts", "#lib/net/hand.ts"],
    ["lib/flows/reports.ts", "#lib/consumer/report.ts"],
    ["lib/flows/looks.ts", "#lib/views/question.ts"],
  ],
  "views-only-look": [
    ["lib/views/writes.ts", "#lib/flows/verb.ts"],
    ["lib/views/fetches.ts", "#lib/net/hand.ts"],
  ],
  "consumer-stands-alone": [
    ["lib/consumer/compiles.ts", "#lib/core/Refusal.ts"],
    ["lib/consumer/calls.ts", "undici"],
  ],
  "consumer-is-used-for-its-verdict": [["lib/cli/reports.ts", "#lib/consumer/report.ts"]],
  "examples-use-the-consumer": [
    ["examples/server/peeks.ts", "#lib/core/Refusal.ts"],
    ["examples/server/asks.ts", "#lib/views/question.ts"],
  ],
};

/** Imports that must pass: what the house is made of. */
const allowed: [from: string, to: string][] = [
  ["lib/core/ok.ts", "zod"],
  ["lib/core/allowlist/ok.ts", "#lib/core/sha256.ts"],
  ["lib/core/sha256.ts", "node:crypto"],
  ["lib/db/ok.ts", "drizzle-orm"],
  ["lib/db/okToo.ts", "#lib/core/Refusal.ts"],
  ["lib/net/ok.ts", "undici"],
  ["lib/net/ok.test.ts", "#lib/db/rows.ts"],
  ["lib/net/testing/ok.ts", "#lib/keys/hand.ts"],
  ["lib/keys/ok.ts", "jose"],
  ["lib/flows/ok.ts", "#lib/db/rows.ts"],
  ["lib/flows/ok.test.ts", "#lib/net/hand.ts"],
  ["lib/views/ok.ts", "#lib/consumer/decide.ts"],
  ["lib/cli/ok.ts", "#lib/consumer/verifyHead.ts"],
  ["lib/edge/main.ts", "next"],
  ["lib/edge/ok.ts", "node:http"],
  ["lib/consumer/ok.ts", "#lib/core/allowlist/wire.ts"],
  ["lib/consumer/okToo.ts", "jose"],
  ["app/(console)/ok/page.tsx", "#lib/views/question.ts"],
  ["app/(console)/ok/actions.ts", "#lib/flows/verb.ts"],
  ["lib/views/adapts.ts", "#lib/adapters/hand.ts"],
  ["components/Ok.tsx", "#lib/core/Refusal.ts"],
  ["components/OkToo.tsx", "react"],
  ["examples/server/ok.ts", "#lib/consumer/decide.ts"],
];

const furniture = [
  "lib/core/Refusal.ts",
  "lib/core/allowlist/wire.ts",
  "lib/db/rows.ts",
  "lib/net/hand.ts",
  "lib/net/testing/server.ts",
  "lib/keys/hand.ts",
  "lib/adapters/hand.ts",
  "lib/flows/verb.ts",
  "lib/views/question.ts",
  "lib/worker/timer.ts",
  "lib/consumer/decide.ts",
  "lib/consumer/verifyHead.ts",
  "lib/consumer/report.ts",
  "components/Badge.tsx",
];

/** How an import can be written: a wall must see through each of these. */
const spellings: Record<string, (to: string) => string> = {
  value: (to) => `import { it } from "${to}";\nexport const used = it;`,
  type: (to) => `import type { It } from "${to}";\nexport type Used = It;`,
  reexport: (to) => `export * from "${to}";`,
  dynamic: (to) => `export const later = async () => (await import("${to}")).it;`,
  inline: (to) => `export type Used = import("${to}").It;`,
};

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const house = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-walls-")));
let breaches: Breach[];

function plant(path: string, text: string): void {
  mkdirSync(join(house, dirname(path)), { recursive: true });
  writeFileSync(join(house, path), text, { flag: "a" });
}

beforeAll(async () => {
  symlinkSync(join(repository, "node_modules"), join(house, "node_modules"));
  plant("package.json", JSON.stringify({ name: "house", type: "module", imports: { "#*": "./*" } }));
  for (const file of furniture) plant(file, "export const it = 1;\nexport type It = 1;\n");
  const jsx = (path: string) => (path.endsWith("x") ? "export const Shown = () => <p {...{}}>x</p>;\n" : "");
  for (const [from, to] of [...Object.values(faults).flat(), ...allowed]) {
    plant(from, spellings["value"]!(to).replaceAll("used", `used${to.length}`) + "\n" + jsx(from));
  }
  plant("lib/core/cycle/b.ts", spellings["type"]!("#lib/core/cycle/a.ts"));
  for (const [name, spell] of Object.entries(spellings))
    plant(`lib/net/spelt/${name}.ts`, spell("#lib/db/rows.ts"));
  ({ breaches } = await cruiseWalls(house, ["app", "components", "lib", "examples"]));
}, 30_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe("walls", () => {
  it("has a planted fault for every rule", () => {
    expect(Object.keys(faults).sort()).toEqual(walls.forbidden.map((rule) => rule.name).sort());
  });

  for (const [rule, imports] of Object.entries(faults)) {
    it.each(imports)(`${rule}: %s may not import %s`, (from) => {
      expect(breaches.filter((breach) => breach.rule === rule).map((breach) => breach.from)).toContain(from);
    });
  }

  it.each(allowed)("%s may import %s", (from, to) => {
    const target = to.replace("#", "");
    expect(breaches.filter((breach) => breach.from === from && breach.to.includes(target))).toEqual([]);
  });

  it.each(Object.keys(spellings))("sees an import spelt as %s", (name) => {
    expect(breaches).toContainEqual(
      expect.objectContaining({ rule: "hands-are-strangers", from: `lib/net/spelt/${name}.ts` }),
    );
  });
});
