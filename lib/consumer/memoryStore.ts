import type { Remembered, RememberedKeys, Store } from "./Remembered.ts";

/** A store that forgets when the process ends: after a restart only `min_seq` guards against rollback. */
export function memoryStore(): Store {
  let state: Remembered | null = null;
  let keys: RememberedKeys | null = null;
  const objects = new Map<string, Uint8Array>();
  return {
    load: async () => state,
    save: async (next) => {
      state = next;
    },
    loadKeys: async () => keys,
    saveKeys: async (next) => {
      keys = next;
    },
    readObject: async (sha256) => objects.get(sha256) ?? null,
    writeObject: async (sha256, body) => {
      objects.set(sha256, body);
    },
    keepObjects: async (sha256s) => {
      for (const name of objects.keys()) if (!sha256s.has(name)) objects.delete(name);
    },
  };
}
