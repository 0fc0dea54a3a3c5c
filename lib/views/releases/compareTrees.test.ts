import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { find, insert, remove } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { compareTrees } from "#lib/db/queries/compareTrees.ts";
import { entryWords } from "./entryWords.ts";

const id = (n: number) => `https://client-${n}.example/c.json`;
const entry = (ref: string): AllowlistEntry => ({ status: "allow", ref });
const listOf = (numbers: Iterable<number>, ref = "a") =>
  new Map([...numbers].map((n) => [id(n), entry(ref)]));
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index);

eachDatabase((open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.drop());

  async function store(list: ReadonlyMap<string, AllowlistEntry>): Promise<string> {
    const trie = buildTrie(list);
    await test.db.transaction(async (tx) => {
      for (const [sha, body] of trie.objects)
        if (!(await find(tx, "allowlistObject", { sha })))
          await insert(tx, "allowlistObject", { sha, body, gzip: gzipSync(body), createdAt: 0 });
    });
    return trie.root;
  }

  it("finds what two trees say differently, split or not", async () => {
    const small = await store(listOf(upTo(100)));
    const large = await store(listOf(upTo(400)));
    const changed = await store(new Map([...listOf(upTo(400)), [id(7), entry("b")]]));
    const grown = await compareTrees(test.db, small, large, 1_000);
    expect(grown.differences.map((each) => each.clientId).sort()).toEqual(
      upTo(400).slice(100).map(id).sort(),
    );
    const shrunk = await compareTrees(test.db, large, small, 1_000);
    expect(shrunk.differences).toHaveLength(300);
    expect((await compareTrees(test.db, large, changed, 10)).differences).toEqual([
      { clientId: id(7), before: entry("a"), after: entry("b") },
    ]);
    expect(await compareTrees(test.db, large, large, 10)).toMatchObject({ differences: [], more: false });
    expect(await compareTrees(test.db, small, large, 10)).toMatchObject({ more: true });
  });

  it("agrees with comparing entry by entry", async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (one, two) => {
        const { differences } = await compareTrees(
          test.db,
          await store(listOf(one)),
          await store(listOf(two)),
          1_000,
        );
        const apart = [...one.filter((n) => !two.includes(n)), ...two.filter((n) => !one.includes(n))];
        expect(differences.map((each) => each.clientId).sort()).toEqual(apart.map(id).sort());
      }),
      { numRuns: 5 },
    );
  });

  it("says that it does not know when an object is gone", async () => {
    const before = await store(listOf(upTo(3)));
    const after = await store(listOf(upTo(4)));
    await test.db.transaction((tx) => remove(tx, "allowlistObject", { sha: before }));
    expect(await compareTrees(test.db, before, after, 10)).toMatchObject({ unknown: true, differences: [] });
  });
});

const allowed: AllowlistEntry = {
  status: "allow",
  redirect_uris: [{ uri: "https://a.example/cb", match: "exact" }],
  grants: [{ resource: "https://mcp.example", scopes: ["read", "write"] }],
  exp: 1_790_000_000,
};

it.each<[string, AllowlistEntry | undefined, AllowlistEntry | undefined, object]>([
  ["is allowed now", undefined, allowed, { direction: "more" }],
  ["left the list", allowed, undefined, { direction: "less" }],
  ["is refused now (suspended)", allowed, { status: "deny", reason: "suspended" }, { direction: "less" }],
  ["is allowed again", { status: "deny", reason: "suspended" }, allowed, { direction: "more" }],
  [
    "may do less (1)",
    allowed,
    { ...allowed, grants: [{ resource: "https://mcp.example", scopes: ["read"] }] },
    { direction: "less", lost: ["write at https://mcp.example"] },
  ],
  ["may do more (1)", allowed, { ...allowed, exp: 1_800_000_000 }, { gained: ["until 2027-01-15"] }],
  ["may do less (1)", allowed, { ...allowed, exp: 1_780_000_000 }, { direction: "less" }],
  ["changed in detail", allowed, { ...allowed, ref: "x" }, { direction: "same" }],
])("%s", (words, before, after, more) => {
  expect(
    entryWords({ clientId: "c", ...(before ? { before } : {}), ...(after ? { after } : {}) }),
  ).toMatchObject({ words, ...more });
});
