import { hash } from "node:crypto";
import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import type { TrieObject } from "./parseObject.ts";
import { parseObject } from "./parseObject.ts";
import type { Store } from "./Remembered.ts";

/** Gives an object by name: from memory, the store or the publisher. Throws FetchFailed when it cannot be had. */
export type ReadObject = (sha256: string) => Promise<TrieObject>;

const maxBytes = 1024 * 1024;
const timeout = 10_000;
/** Body bytes of parsed objects kept in memory: of leaves, which are many, and of what stands above them. */
const memoryBytes = { leaf: 32 * 1024 * 1024, above: 8 * 1024 * 1024 };

/**
 * Reads objects; every body is checked against its name before it is parsed, wherever it came from. Requests
 * carry no token: the name, which nobody can guess, is the permission.
 */
export function objectReader(how: {
  readonly fetch: typeof fetch;
  readonly store: Store;
  /** Ends with a slash. */
  readonly baseUrl: string;
}): ReadObject {
  const leaves = recentObjects(memoryBytes.leaf);
  const above = recentObjects(memoryBytes.above);
  const coming = new Map<string, Promise<TrieObject>>();

  async function obtain(sha256: string): Promise<TrieObject> {
    const stored = await how.store.readObject(sha256);
    const body = stored && nameOf(stored) === sha256 ? stored : await download(sha256);
    const object = parseObject(sha256, body);
    if (body !== stored) await how.store.writeObject(sha256, body);
    (object.kind === "leaf" ? leaves : above).keep(sha256, object, body.byteLength);
    return object;
  }

  async function download(sha256: string): Promise<Uint8Array> {
    const url = how.baseUrl + sha256;
    const { status, body } = await fetchLimited(url, { fetch: how.fetch, maxBytes, timeout });
    if (status !== 200 || nameOf(body) !== sha256)
      throw new FetchFailed("tampered", `${url} is not the object of that name.`);
    return body;
  }

  return async (sha256) => {
    const known = above.get(sha256) ?? leaves.get(sha256);
    if (known) return known;
    const running = coming.get(sha256);
    if (running) return running;
    const started = obtain(sha256).finally(() => coming.delete(sha256));
    coming.set(sha256, started);
    return started;
  };
}

/** Objects read last, of so many body bytes together. */
function recentObjects(most: number) {
  const kept = new Map<string, { object: TrieObject; bytes: number }>();
  let bytes = 0;
  return {
    get(sha256: string): TrieObject | undefined {
      const known = kept.get(sha256);
      if (!known) return undefined;
      kept.delete(sha256);
      kept.set(sha256, known);
      return known.object;
    },
    keep(sha256: string, object: TrieObject, size: number): void {
      kept.set(sha256, { object, bytes: size });
      bytes += size;
      for (const [oldest, each] of kept) {
        if (bytes <= most) break;
        kept.delete(oldest);
        bytes -= each.bytes;
      }
    },
  };
}

function nameOf(body: Uint8Array): string {
  return hash("sha256", body);
}
