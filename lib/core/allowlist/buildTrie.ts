import type { ListedEntry, TrieNode } from "./trieNode.ts";
import {
  branchNode,
  byteLength,
  entryBytes,
  entryMaxBytes,
  leafMaxBytes,
  leafMaxEntries,
  leafNode,
  maxDepth,
  objectMaxBytes,
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
  readonly listed: ListedEntry;
}

/**
 * Builds the 16-way trie of docs/allowlist.md §3 from a set of entries. The same set gives the same root in
 * any order; no entries give one empty leaf. Throws RangeError when an entry exceeds 32 KiB (see `entryBytes`),
 * when an object would exceed 1 MiB or the depth 16, and when a client_id is listed twice.
 */
export function buildTrie(entries: Iterable<ListedEntry>, salt?: string): Trie {
  const placed = [...entries].map((listed) => ({ path: triePath(listed[0]), listed }));
  placed.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  placed.forEach((each, index) => {
    refuseOversized(each.listed);
    if (index > 0 && placed[index - 1]?.path === each.path)
      throw new RangeError(`${each.listed[0]} is listed twice.`);
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
  const leaf = leafNode(
    part.map((each) => each.listed),
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

function refuseOversized([clientId, entry]: ListedEntry): void {
  const bytes = entryBytes(clientId, entry);
  if (bytes > entryMaxBytes)
    throw new RangeError(`The entry of ${clientId} has ${bytes} bytes; the limit is ${entryMaxBytes}.`);
}
