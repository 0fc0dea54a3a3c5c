import type { PlacedEntry, PlacedNode } from "./PlacedNode.ts";
import type { RevisionPlan } from "./planRevision.ts";
import { writeBranch } from "./writeBranch.ts";
import { byPath, writeSubtree } from "./writeSubtree.ts";

/** What of a tree is known: enough for a plan. */
export interface KnownTree {
  /** Nodes on the changed paths, and every child of the plan's branches, by prefix. */
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  /** For each region, the nodes that stand at and below it, and their entries. */
  readonly regions: ReadonlyMap<
    string,
    { readonly nodes: readonly PlacedNode[]; readonly entries: readonly PlacedEntry[] }
  >;
}

export interface RevisedTree {
  readonly root: PlacedNode;
  /** Nodes that are new or other than they were. */
  readonly put: readonly PlacedNode[];
  /** Prefixes at which no node stands any more. */
  readonly removed: readonly string[];
  /** Bodies of the nodes in `put`. */
  readonly objects: ReadonlyMap<string, string>;
  /** Names that were replaced or removed. */
  readonly replaced: readonly string[];
}

/**
 * Carries out a plan: the same root and the same objects as `buildTrie` gives for the whole set after the changes,
 * whatever the order they came in.
 */
export function reviseTree(plan: RevisionPlan, known: KnownTree, salt?: string): RevisedTree {
  const now = new Map(known.nodes);
  const put: PlacedNode[] = [];
  const removed: string[] = [];
  const objects = new Map<string, string>();
  const replaced: string[] = [];

  const replace = (before: PlacedNode | undefined, after: PlacedNode, body: string) => {
    if (before && before.sha === after.sha && before.count === after.count && before.bytes === after.bytes)
      return;
    put.push(after);
    objects.set(after.sha, body);
    if (before && before.sha !== after.sha) replaced.push(before.sha);
  };

  for (const { prefix, changes } of plan.regions) {
    const region = known.regions.get(prefix);
    const entries = new Map(region?.entries.map((each) => [each.path, each]));
    for (const { path, after } of changes)
      if (after) entries.set(path, { path, entry: after });
      else entries.delete(path);
    const before = new Map(region?.nodes.map((node) => [node.prefix, node]));
    const isGone = entries.size === 0 && prefix !== "";
    const written = isGone ? undefined : writeSubtree([...entries.values()].sort(byPath), prefix, salt);
    const standing = new Set(written?.nodes.map((node) => node.prefix));
    for (const node of before.values())
      if (!standing.has(node.prefix)) {
        removed.push(node.prefix);
        replaced.push(node.sha);
      }
    now.delete(prefix);
    for (const node of written?.nodes ?? []) {
      replace(before.get(node.prefix), node, written!.objects.get(node.sha)!);
      if (node.prefix === prefix) now.set(prefix, node);
    }
  }

  for (const prefix of plan.branches.toReversed()) {
    const { node, body } = writeBranch(prefix, (at) => now.get(at), salt);
    replace(known.nodes.get(prefix), node, body);
    now.set(prefix, node);
  }

  const root = now.get("");
  if (!root) throw new Error("A tree was revised without its root.");
  return { root, put, removed, objects, replaced };
}
