import { expect, test } from "vitest";
import { durableStore } from "./durableStore.ts";

/** As much of a Durable Object's storage as the store uses: it takes 128 keys at a time. */
function storage() {
  const values = new Map<string, unknown>();
  const calls: string[] = [];
  return {
    calls,
    get: async <T>(key: string) => values.get(key) as T | undefined,
    put: async (key: string, value: unknown) => {
      calls.push("put");
      values.set(key, structuredClone(value));
    },
    delete: async (keys: string[]) => {
      if (keys.length > 128) throw new RangeError("Maximum number of keys is 128.");
      return keys.filter((key) => values.delete(key)).length;
    },
    list: async ({
      prefix,
      startAfter = "",
      limit,
    }: {
      prefix: string;
      startAfter?: string;
      limit?: number;
    }) => {
      const found = [...values]
        .filter(([key]) => key.startsWith(prefix) && key > startAfter)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      if (found.length > 128 && !limit) throw new RangeError("All of it does not fit into 128 MB.");
      return new Map(found.slice(0, limit));
    },
    sync: async () => void calls.push("sync"),
  };
}

const state = {
  sub: "https://rollcall.example/v1/lists/prod/head",
  epoch: 1,
  seq: 7,
  rev: 3,
  root: "aa",
  digest: "bb",
  head: "a.b.c",
  activatedAt: 100,
  tree: null,
};

test("a new store remembers nothing, and what is saved is on disk before it counts", async () => {
  const disk = storage();
  const store = durableStore(disk);
  expect(await store.load()).toBeNull();
  await store.save(state);
  expect(disk.calls).toEqual(["put", "sync"]);
  expect(await durableStore(disk).load()).toEqual(state);
});

test("so is the key set, beside it", async () => {
  const disk = storage();
  const store = durableStore(disk);
  const keys = {
    sub: "https://rollcall.example/v1/keys",
    root: "r",
    version: 2,
    epoch: 1,
    jws: "a.b.c",
    digest: "d",
  };
  expect(await store.loadKeys!()).toBeNull();
  await store.saveKeys!(keys);
  expect(disk.calls).toEqual(["put", "sync"]);
  expect(await durableStore(disk).loadKeys!()).toEqual(keys);
  expect(await store.load()).toBeNull();
});

test("objects are kept by name, and only the named ones", async () => {
  const store = durableStore(storage());
  const names = Array.from({ length: 300 }, (_, index) => index.toString(16).padStart(64, "0"));
  for (const name of names) await store.writeObject(name, new TextEncoder().encode(name));
  await store.save(state);
  await store.keepObjects(new Set([names[0]!, names[200]!]));
  expect(new TextDecoder().decode((await store.readObject(names[0]!))!)).toBe(names[0]);
  expect(await store.readObject(names[1]!)).toBeNull();
  expect(await store.readObject(names[200]!)).not.toBeNull();
  expect(await store.readObject(names[299]!)).toBeNull();
  expect(await store.load()).toEqual(state);
});
