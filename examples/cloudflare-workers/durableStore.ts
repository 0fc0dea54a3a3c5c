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
      // Names come with their values, of which the whole list need not fit into memory; the runtime takes 128 keys at a time.
      const prefix = object("");
      for (let startAfter = prefix, more = true; more;) {
        const names = [...(await storage.list({ prefix, startAfter, limit: 128 })).keys()];
        const gone = names.filter((name) => !sha256s.has(name.slice(prefix.length)));
        if (gone.length > 0) await storage.delete(gone);
        startAfter = names.at(-1) ?? startAfter;
        more = names.length > 0;
      }
    },
  };
}
