import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileStore } from "./fileStore.ts";
import { objectPruner } from "./objectPruner.ts";
import type { Remembered } from "./Remembered.ts";

const folder = () => mkdtempSync(join(tmpdir(), "store-"));
const state: Remembered = {
  sub: "https://gov.example/v1/lists/prod/head",
  epoch: 1,
  seq: 2,
  rev: 1,
  root: "a".repeat(64),
  digest: "b".repeat(64),
  head: "x.y.z",
  activatedAt: 1,
  tree: null,
};

describe("fileStore", () => {
  it("gives back what was saved, the last of it, and leaves no drafts", async () => {
    const directory = join(folder(), "deep", "store");
    const store = fileStore(directory);
    expect(await store.load()).toBeNull();
    await store.save(state);
    await Promise.all([3, 4, 5].map((seq) => store.save({ ...state, seq })));
    await store.save({ ...state, seq: 6 });
    expect(await fileStore(directory).load()).toEqual({ ...state, seq: 6 });
    expect(readdirSync(directory)).toEqual(["state.json"]);
  });

  it.each(["", "{", "null", '{"seq":"1"}'])("never reads a damaged state as nothing: %j", async (text) => {
    const directory = folder();
    writeFileSync(join(directory, "state.json"), text);
    await expect(fileStore(directory).load()).rejects.toThrow(/damaged/);
  });

  it("forgets nothing that is being written at the moment, and shows nobody else the names", async () => {
    const directory = join(folder(), "store");
    const store = fileStore(directory);
    const names = Array.from({ length: 100 }, (_, n) => `aa${n.toString(16).padStart(62, "0")}`);
    const writes = names.map((name) => store.writeObject(name, Buffer.from(name)));
    const sweeps = names.map(() => store.keepObjects(new Set(names)));
    await Promise.all([...writes, ...sweeps]);
    for (const name of names) expect(await store.readObject(name)).not.toBeNull();
    expect(statSync(join(directory, "objects")).mode & 0o077).toBe(0);
  });

  it("keeps objects by name and forgets what is not named", async () => {
    const store = fileStore(folder());
    const [one, two] = ["1".repeat(64), "2".repeat(64)];
    await store.writeObject(one, Buffer.from("one"));
    await store.writeObject(two, Buffer.from("two"));
    await store.keepObjects(new Set([two]));
    expect(await store.readObject(one)).toBeNull();
    expect(Buffer.from((await store.readObject(two))!).toString()).toBe("two");
  });
});

describe("objectPruner", () => {
  it("after 500 writes keeps what the roots reach", async () => {
    const { store, prune } = objectPruner(fileStore(folder()));
    const name = (n: number) => n.toString(16).padStart(64, "0");
    await store.writeObject(
      name(1),
      Buffer.from(`{"v":1,"children":{"0":"${name(2)}","1":"${name(9999)}"}}`),
    );
    await store.writeObject(name(2), Buffer.from('{"v":1,"entries":{}}'));
    await prune([name(1)]);
    for (let n = 3; n <= 500; n++) await store.writeObject(name(n), Buffer.from("x"));
    expect(await store.readObject(name(3))).not.toBeNull();
    await prune([name(1)]);
    expect(await store.readObject(name(3))).toBeNull();
    expect(await store.readObject(name(1))).not.toBeNull();
    expect(await store.readObject(name(2))).not.toBeNull();
  });
});
