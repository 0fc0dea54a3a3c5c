import { hash } from "node:crypto";
import { FetchFailed } from "./FetchFailed.ts";
import type { ReadObject } from "./objectReader.ts";
import type { AllowlistEntry } from "./wire.ts";

const maxDepth = 16;

/**
 * Looks a client up: one hex digit of SHA-256(client_id) per level, from the root to a leaf. Null: the list is
 * complete and does not hold it. Throws FetchFailed when an object on the way cannot be had.
 */
export async function walkTrie(
  root: string,
  clientId: string,
  read: ReadObject,
): Promise<AllowlistEntry | null> {
  const path = hash("sha256", clientId);
  let name = root;
  for (let depth = 0; depth <= maxDepth; depth++) {
    const object = await read(name);
    if (object.kind === "leaf")
      return object.entries.has(clientId) ? listed(object.entries.get(clientId)) : null;
    if (object.kind !== "branch")
      throw new FetchFailed("malformed", `The object ${name} is not part of a tree.`);
    const child = object.children.get(path.charAt(depth));
    if (child === undefined) return null;
    name = child;
  }
  throw new FetchFailed("malformed", `The list is deeper than ${maxDepth} levels.`);
}

/** A client with an entry that is no object is listed, and not understood; not the same as one that is not listed. */
function listed(entry: unknown): AllowlistEntry {
  return (typeof entry === "object" && entry !== null ? entry : {}) as AllowlistEntry;
}
