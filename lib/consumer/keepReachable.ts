import { createHash } from "node:crypto";
import { parseObject } from "./parseObject.ts";
import type { Store } from "./Remembered.ts";

/**
 * Takes objects from the lines of a bundle. A line is named by its own hash, and is kept only when one of `roots` or an
 * object before it names it: nothing foreign is ever stored, and a line that was changed is foreign. A publisher writes
 * parents first; what comes in another order is left out, and fetched singly later.
 */
export async function keepReachable(
  lines: AsyncIterable<Uint8Array>,
  roots: readonly string[],
  store: Pick<Store, "writeObject">,
): Promise<{ kept: number; foreign: number }> {
  const wanted = new Set(roots);
  const count = { kept: 0, foreign: 0 };
  for await (const line of lines) {
    const name = createHash("sha256").update(line).digest("hex");
    if (wanted.delete(name)) {
      for (const child of childrenOf(name, line)) wanted.add(child);
      await store.writeObject(name, line);
      count.kept++;
    } else {
      count.foreign++;
    }
  }
  return count;
}

/** Of an object this version does not understand nothing follows: it is judged where it is used. */
function childrenOf(name: string, body: Uint8Array): Iterable<string> {
  try {
    const object = parseObject(name, body);
    return object.kind === "branch" ? object.children.values() : [];
  } catch {
    return [];
  }
}
