import type { Remembered, RememberedKeys, Store } from "@rollcall/consumer";

/**
 * What the consumer remembers, in the storage of a Durable Object: one writer, and a write is on disk when `save` resolves.
 * Workers KV would not do: it answers with what it had a minute ago, which is what the guard against rollback is for.
 */
export function durableStore(storage: DurableObjectStorage): Store {
  const object = (sha256: string) => `object:${sha256}`;
  return {
    load: async () => (await storage.get<Remembered>("state")) ?? null,
    async save(state) {
      await storage.put("state", state);
      await storage.sync();
    },
    loadKeys: async () => (await storage.get<RememberedKeys>("keys")) ?? null,
    async saveKeys(keys) {
      await storage.put("keys", keys);
      await storage.sync();
    },
    readObject: async (sha256) => (await storage.get<Uint8Array>(object(sha256))) ?? null,
    writeObject: (sha256, body) => storage.put(object(sha256), body),
    async keepObjects(sha256s) {
      const names = [...(await storage.list({ prefix: object("") })).keys()];
      const gone = names.filter((name) => !sha256s.has(name.slice(object("").length)));
      // The runtime takes 128 keys at a time.
      for (let start = 0; start < gone.length; start += 128)
        await storage.delete(gone.slice(start, start + 128));
    },
  };
}
