import { hashBytes, nodeHash } from "./treeHash.ts";

/** Hashes in a full tile (C2SP tlog-tiles). */
export const tileWidth = 256;

/** Hashes of a tile, 32 bytes each, as many as there are; undefined when there is no such tile. */
export type ReadTile = (level: number, index: number) => Uint8Array | undefined;

/** A tile's name in the database: `{level}/{index}`. */
export function tileId(level: number, index: number): string {
  return `${level}/${index}`;
}

/** How many hashes of `level` a tree of `size` leaves has. */
export function hashesAt(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/**
 * The tiles that change when leaves are appended to a tree of `size` leaves, whole, by `tileId`. `read` gives the tiles
 * at the tree's right edge: `edgeTiles(size)`. One append of many leaves and many of one make the same tiles.
 */
export function extendTiles(
  size: number,
  leafHashes: readonly Uint8Array[],
  read: ReadTile,
): Map<string, Uint8Array> {
  const changed = new Map<string, Uint8Array>();
  let fresh = leafHashes;
  for (let level = 0; fresh.length > 0; level++) {
    const full: Uint8Array[] = [];
    for (let at = hashesAt(size, level), taken = 0; taken < fresh.length;) {
      const index = Math.floor(at / tileWidth);
      const width = at % tileWidth;
      const some = fresh.slice(taken, taken + tileWidth - width);
      const tile = new Uint8Array((width + some.length) * hashBytes);
      if (width > 0) tile.set(edgeOf(read(level, index), width, level, index));
      some.forEach((hash, n) => tile.set(hash, (width + n) * hashBytes));
      changed.set(tileId(level, index), tile);
      if (width + some.length === tileWidth) full.push(tileRoot(tile));
      at += some.length;
      taken += some.length;
    }
    fresh = full;
  }
  return changed;
}

/** Ids of the partial tiles of a tree: what must be at hand to append to it, or to know its root. */
export function edgeTiles(size: number): string[] {
  const ids: string[] = [];
  for (let level = 0, n = size; n > 0; level++, n = Math.floor(n / tileWidth))
    if (n % tileWidth !== 0) ids.push(tileId(level, Math.floor(n / tileWidth)));
  return ids;
}

/** Hash over a run of 2^n hashes, such as a full tile. */
export function tileRoot(hashes: Uint8Array): Uint8Array {
  let row: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += hashBytes) row.push(hashes.subarray(at, at + hashBytes));
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let n = 0; n < row.length; n += 2)
      above.push(nodeHash(row[n] as Uint8Array, row[n + 1] as Uint8Array));
    row = above;
  }
  return row[0] as Uint8Array;
}

/** A tile that somebody extended meanwhile still begins with what it was. */
function edgeOf(tile: Uint8Array | undefined, width: number, level: number, index: number): Uint8Array {
  if (!tile || tile.length < width * hashBytes)
    throw new Error(`The log's tile ${tileId(level, index)} does not hold ${width} hashes.`);
  return tile.subarray(0, width * hashBytes);
}
