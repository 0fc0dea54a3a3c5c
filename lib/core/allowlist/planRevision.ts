import type { PlacedNode } from "./PlacedNode.ts";
import { fitsLeaf, type RenderedEntry } from "./trieNode.ts";

/** What becomes of one path of a tree. */
export interface TrieChange {
  readonly path: string;
  /** Bytes of the entry that stands there; absent: none does. */
  readonly before?: number;
  /** The entry that will stand there; absent: none. */
  readonly after?: RenderedEntry;
}

/** Which parts of a tree have to be known, and are written anew. */
export interface RevisionPlan {
  /** Highest nodes that are or become leaves, or are split: everything below is written from its entries. */
  readonly regions: readonly { readonly prefix: string; readonly changes: readonly TrieChange[] }[];
  /** Branches above them that stay branches, from the root down. */
  readonly branches: readonly string[];
}

/** Plans what some changes do to a tree; `nodes` are those on the changed paths, by prefix. */
export function planRevision(
  nodes: ReadonlyMap<string, PlacedNode>,
  changes: readonly TrieChange[],
  salt?: string,
): RevisionPlan {
  const regions: { prefix: string; changes: readonly TrieChange[] }[] = [];
  const branches: string[] = [];
  const visit = (prefix: string, below: readonly TrieChange[]) => {
    const node = nodes.get(prefix);
    let { count, bytes } = node ?? { count: 0, bytes: 0 };
    for (const { before, after } of below) {
      count += (after ? 1 : 0) - (before === undefined ? 0 : 1);
      bytes += (after?.bytes ?? 0) - (before ?? 0);
    }
    if (!node || node.isLeaf || fitsLeaf(count, bytes, salt)) {
      regions.push({ prefix, changes: below });
      return;
    }
    branches.push(prefix);
    for (const [digit, part] of Map.groupBy(below, ({ path }) => path.charAt(prefix.length)))
      visit(prefix + digit, part);
  };
  if (changes.length > 0) visit("", changes);
  return { regions, branches };
}
