import type { RenderedEntry } from "./trieNode.ts";

/** A node of a list's tree, and where it stands. */
export interface PlacedNode {
  /** Hex digits from the root; "" is the root itself. */
  readonly prefix: string;
  readonly sha: string;
  /** Entries below it, and the bytes of their texts. */
  readonly count: number;
  readonly bytes: number;
  readonly isLeaf: boolean;
}

/** A rendered entry with its whole path (`triePath`). */
export interface PlacedEntry {
  readonly path: string;
  readonly entry: RenderedEntry;
}

/** Part of a tree, written anew: its nodes and the bodies of those that are new, by name. */
export interface WrittenTree {
  readonly nodes: readonly PlacedNode[];
  readonly objects: ReadonlyMap<string, string>;
}
