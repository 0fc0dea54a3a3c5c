import type { PlacedNode } from "./PlacedNode.ts";
import type { ListedEntry, RenderedEntry } from "./trieNode.ts";
import { entryMaxBytes, renderEntry, triePath } from "./trieNode.ts";
import { byPath, writeSubtree } from "./writeSubtree.ts";

/** A whole list as immutable objects: the root's name, how many entries, every body by its SHA-256, and the tree's nodes. */
export interface Trie {
  readonly root: string;
  readonly count: number;
  readonly objects: ReadonlyMap<string, string>;
  readonly nodes: readonly PlacedNode[];
}

/**
 * Builds the 16-way trie of docs/allowlist.md §3 from a set of entries. The same set gives the same root in
 * any order; no entries give one empty leaf. Throws RangeError when an entry exceeds 32 KiB (see `entryBytes`),
 * when an object would exceed 1 MiB or the depth 16, and when a client_id is listed twice.
 */
export function buildTrie(entries: Iterable<ListedEntry>, salt?: string): Trie {
  const placed = [...entries].map((listed) => ({ path: triePath(listed[0]), entry: renderEntry(listed) }));
  placed.sort(byPath);
  placed.forEach((each, index) => {
    refuseOversized(each.entry);
    if (index > 0 && placed[index - 1]?.path === each.path)
      throw new RangeError(`${each.entry.clientId} is listed twice.`);
  });
  const { nodes, objects } = writeSubtree(placed, "", salt);
  return { root: nodes[0]!.sha, count: placed.length, objects, nodes };
}

/** Throws RangeError for an entry that no list may hold. */
export function refuseOversized({ clientId, bytes }: RenderedEntry): void {
  if (bytes > entryMaxBytes)
    throw new RangeError(`The entry of ${clientId} has ${bytes} bytes; the limit is ${entryMaxBytes}.`);
}
