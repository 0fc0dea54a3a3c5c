import { parseObject } from "./parseObject.ts";
import type { Store } from "./Remembered.ts";

/** Objects written before the store is looked through again: a prune reads everything that is kept. */
const writesBetween = 500;

/** Wraps a store so that objects no tree in use reaches are forgotten now and then. */
export function objectPruner(inner: Store): { store: Store; prune(roots: readonly string[]): Promise<void> } {
  let writes = 0;
  // Named one by one: a store may be an instance of a class, whose methods a spread would leave behind.
  const store: Store = {
    load: () => inner.load(),
    save: (state) => inner.save(state),
    ...(inner.loadKeys && inner.saveKeys
      ? { loadKeys: inner.loadKeys.bind(inner), saveKeys: inner.saveKeys.bind(inner) }
      : {}),
    readObject: (sha256) => inner.readObject(sha256),
    keepObjects: (sha256s) => inner.keepObjects(sha256s),
    writeObject: async (sha256, body) => {
      writes++;
      await inner.writeObject(sha256, body);
    },
  };
  return {
    store,
    async prune(roots) {
      if (writes < writesBetween) return;
      writes = 0;
      await inner.keepObjects(await reachable(roots, inner));
    },
  };
}

/** What of these trees is in the store; what is not there is passed over, with all below it. */
async function reachable(roots: readonly string[], store: Store): Promise<Set<string>> {
  const names = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (names.has(name)) continue;
    const body = await store.readObject(name);
    if (!body) continue;
    names.add(name);
    waiting.push(...childrenOf(name, body));
  }
  return names;
}

function childrenOf(name: string, body: Uint8Array): string[] {
  try {
    const object = parseObject(name, body);
    return object.kind === "branch" ? [...object.children.values()] : [];
  } catch {
    // A body damaged on disk: it is checked, and read again, when it is used.
    return [];
  }
}
