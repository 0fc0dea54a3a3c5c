import { rootOf } from "./proofs.ts";
import { edgeTiles, extendTiles, tileId } from "./tiles.ts";

/** A tree that is built leaf by leaf and keeps only its right edge, however large it becomes. */
export interface GrowingTree {
  readonly size: number;
  /** Appends leaves and gives the tiles that became or stayed partial and full by it, whole. */
  add(leafHashes: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array>;
  root(): Uint8Array;
}

export function growingTree(): GrowingTree {
  const edge = new Map<string, Uint8Array>();
  const read = (level: number, index: number) => edge.get(tileId(level, index));
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(leafHashes) {
      const changed = extendTiles(size, leafHashes, read);
      size += leafHashes.length;
      for (const [id, tile] of changed) edge.set(id, tile);
      const needed = new Set(edgeTiles(size));
      for (const id of edge.keys()) if (!needed.has(id)) edge.delete(id);
      return changed;
    },
    root: () => rootOf(read, size),
  };
}
