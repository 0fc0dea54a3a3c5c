import type { PlacedEntry, PlacedNode, WrittenTree } from "./PlacedNode.ts";
import { branchNode, byteLength, fitsLeaf, leafNode, maxDepth, objectMaxBytes } from "./trieNode.ts";

/**
 * Writes everything at and below `prefix` from all of its entries, which are sorted by path: the top node is the first
 * of `nodes`. Throws RangeError when it would be deeper than 16 levels.
 */
export function writeSubtree(placed: readonly PlacedEntry[], prefix: string, salt?: string): WrittenTree {
  const nodes: PlacedNode[] = [];
  const objects = new Map<string, string>();
  const write = (from: number, to: number, at: string): PlacedNode => {
    const count = to - from;
    let bytes = 0;
    for (let index = from; index < to; index += 1) bytes += placed[index]!.entry.bytes;
    const place = nodes.push(undefined as never) - 1;
    const isLeaf = fitsLeaf(count, bytes, salt);
    const { sha256, body } = isLeaf
      ? leafNode(
          placed.slice(from, to).map(({ entry }) => entry),
          salt,
        )
      : branchNode(Object.fromEntries(childrenOf(from, to, at)), salt);
    if (byteLength(body) > objectMaxBytes) throw new RangeError("An allowlist object exceeds 1 MiB.");
    objects.set(sha256, body);
    return (nodes[place] = { prefix: at, sha: sha256, count, bytes, isLeaf });
  };
  const childrenOf = (from: number, to: number, at: string): [string, string][] => {
    if (at.length === maxDepth) throw new RangeError(`The allowlist is deeper than ${maxDepth} levels.`);
    const children: [string, string][] = [];
    for (let start = from; start < to;) {
      const digit = placed[start]!.path.charAt(at.length);
      let end = start + 1;
      while (end < to && placed[end]!.path.charAt(at.length) === digit) end += 1;
      children.push([digit, write(start, end, at + digit).sha]);
      start = end;
    }
    return children;
  };
  write(0, placed.length, prefix);
  return { nodes, objects };
}

export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
