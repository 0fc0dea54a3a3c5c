import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Hex } from "#lib/core/sha256.ts";
import { insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { reachableObjects } from "./storedRelease.ts";

const leaf = (id: string) => JSON.stringify({ v: 1, entries: { [id]: { status: "allow" } } });
const branch = (children: Record<string, string>) => JSON.stringify({ v: 1, children });
const name = sha256Hex;
const [a, b, c, space] = [leaf("a"), leaf("b"), leaf("c"), JSON.stringify({ v: 1, namespaces: [] })];
const older = branch({ "0": name(a), "1": name(b) });
const newer = branch({ "0": name(a), "1": name(c), "2": name(b) });

eachDatabase((open) => {
  let home: TestDatabase;

  beforeAll(async () => {
    home = await open();
    await home.db.transaction(async (tx) => {
      for (const body of [a, b, c, space, older, newer])
        await insert(tx, "allowlistObject", {
          sha: name(body),
          body,
          gzip: new Uint8Array(),
          createdAt: 0,
          unneededSince: null,
        });
    });
  });
  afterAll(() => home.drop());

  const linesOf = async (
    ...heads: Parameters<typeof reachableObjects> extends [unknown, ...infer H] ? H : never
  ) => {
    const lines: string[] = [];
    for await (const { body } of reachableObjects(home.db, ...heads)) lines.push(body);
    return lines;
  };

  test("all of a tree and its namespaces, parents first", async () => {
    const lines = await linesOf({ root: name(newer), ns: name(space) });
    expect(new Set(lines)).toEqual(new Set([newer, a, b, c, space]));
    expect(lines.indexOf(newer)).toBeLessThan(lines.indexOf(a));
  });

  test("since another head: what does not stand in the same place there", async () => {
    const known = { root: name(older), ns: name(space) };
    const lines = await linesOf({ root: name(newer), ns: name(space) }, known);
    expect(new Set(lines)).toEqual(new Set([newer, b, c]));
    expect(await linesOf({ root: name(older), ns: name(space) }, known)).toEqual([]);
  });
});
