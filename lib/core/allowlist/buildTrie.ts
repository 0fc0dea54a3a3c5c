import type { ListedEntry, RenderedEntry, TrieNode } from "./trieNode.ts";
import {
  branchNode,
  byteLength,
  entryMaxBytes,
  leafMaxBytes,
  leafMaxEntries,
  leafNode,
  maxDepth,
  objectMaxBytes,
  renderEntry,
  triePath,
} from "./trieNode.ts";

/** A whole list as immutable objects: the root's name, how many entries, and every body by its SHA-256. */
export interface Trie {
  readonly root: string;
  readonly count: number;
  readonly objects: ReadonlyMap<string, string>;
}

interface Placed {
  readonly path: string;
  readonly entry: RenderedEntry;
}

/**
 * Builds the 16-way trie of docs/allowlist.md §3 from a set of entries. The same set gives the same root in
 * any order; no entries give one empty leaf. Throws RangeError when an entry exceeds 32 KiB (see `entryBytes`),
 * when an object would exceed 1 MiB or the depth 16, and when a client_id is listed twice.
 */
export function buildTrie(entries: Iterable<ListedEntry>, salt?: string): Trie {
  const placed = [...entries].map((listed) => ({ path: triePath(listed[0]), entry: renderEntry(listed) }));
  placed.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  placed.forEach((each, index) => {
    refuseOversized(each.entry);
    if (index > 0 && placed[index - 1]?.path === each.path)
      throw new RangeError(`${each.entry.clientId} is listed twice.`);
  });

  const objects = new Map<string, string>();
  const keep = (node: TrieNode): string => {
    if (byteLength(node.body) > objectMaxBytes) throw new RangeError("An allowlist object exceeds 1 MiB.");
    objects.set(node.sha256, node.body);
    return node.sha256;
  };

  const build = (part: readonly Placed[], depth: number): string => {
    const leaf = leafIfSmall(part, salt);
    if (leaf) return keep(leaf);
    if (depth === maxDepth) throw new RangeError(`The allowlist is deeper than ${maxDepth} levels.`);
    const children: Record<string, string> = {};
    for (const [digit, group] of groupByDigit(part, depth)) children[digit] = build(group, depth + 1);
    return keep(branchNode(children, salt));
  };

  const root = build(placed, 0);
  return { root, count: placed.length, objects };
}

function leafIfSmall(part: readonly Placed[], salt: string | undefined): TrieNode | undefined {
  if (part.length > leafMaxEntries) return undefined;
  // Almost always decided without writing the leaf: the entries alone are too much.
  if (part.reduce((bytes, each) => bytes + each.entry.bytes, 0) > leafMaxBytes) return undefined;
  const leaf = leafNode(
    part.map((each) => each.entry),
    salt,
  );
  return byteLength(leaf.body) <= leafMaxBytes ? leaf : undefined;
}

function groupByDigit(part: readonly Placed[], depth: number): Map<string, Placed[]> {
  const groups = new Map<string, Placed[]>();
  for (const each of part) {
    const digit = each.path.charAt(depth);
    const group = groups.get(digit);
    if (group) group.push(each);
    else groups.set(digit, [each]);
  }
  return groups;
}

function refuseOversized({ clientId, bytes }: RenderedEntry): void {
  if (bytes > entryMaxBytes)
    throw new RangeError(`The entry of ${clientId} has ${bytes} bytes; the limit is ${entryMaxBytes}.`);
}
