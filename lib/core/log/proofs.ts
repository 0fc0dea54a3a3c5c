import { tileId, tileRoot, tileWidth, type ReadTile } from "./tiles.ts";
import { emptyRoot, hashBytes, nodeHash } from "./treeHash.ts";

/** Root of the tree of the first `size` leaves. */
export function rootOf(read: ReadTile, size: number): Uint8Array {
  return size === 0 ? emptyRoot : rangeHash(read, 0, size);
}

/** Hashes that lead from leaf `index` to the root of `size` leaves (RFC 6962 §2.1.1). */
export function inclusionProof(read: ReadTile, index: number, size: number): Uint8Array[] {
  if (index < 0 || index >= size) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
  const proof: Uint8Array[] = [];
  for (let start = 0, end = size; end - start > 1;) {
    const middle = start + split(end - start);
    if (index < middle) {
      proof.unshift(rangeHash(read, middle, end));
      end = middle;
    } else {
      proof.unshift(rangeHash(read, start, middle));
      start = middle;
    }
  }
  return proof;
}

/** Hashes that show the tree of `from` leaves to be the beginning of the tree of `size` (RFC 6962 §2.1.2). */
export function consistencyProof(read: ReadTile, from: number, size: number): Uint8Array[] {
  if (from < 0 || from > size) throw new RangeError(`A tree of ${size} leaves has no beginning of ${from}.`);
  if (from === 0 || from === size) return [];
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end !== from) {
    const middle = start + split(end - start);
    if (from <= middle) {
      proof.unshift(rangeHash(read, middle, end));
      end = middle;
    } else {
      proof.unshift(rangeHash(read, start, middle));
      start = middle;
    }
  }
  // The verifier knows the older root itself: it stands for the range when the range is the whole older tree.
  if (start > 0) proof.unshift(rangeHash(read, start, end));
  return proof;
}

/** Ids of the tiles that a calculation reads. Which they are depends on sizes alone, never on a hash. */
export function tilesRead(work: (read: ReadTile) => unknown): string[] {
  const blank = new Uint8Array(tileWidth * hashBytes);
  const ids = new Set<string>();
  work((level, index) => {
    ids.add(tileId(level, index));
    return blank;
  });
  return [...ids];
}

/** Hash over the leaves from `start` to before `end`, a range that the tree's shape cuts out. */
function rangeHash(read: ReadTile, start: number, end: number): Uint8Array {
  const count = end - start;
  const left = split(count);
  if (left * 2 === count || count === 1) return perfectHash(read, Math.log2(count), start / count);
  return nodeHash(rangeHash(read, start, start + left), rangeHash(read, start + left, end));
}

/** Hash of the perfect subtree of 2^height leaves that is the `index`th of its height. */
function perfectHash(read: ReadTile, height: number, index: number): Uint8Array {
  const level = Math.floor(height / 8);
  const width = 2 ** (height % 8);
  const first = index * width;
  const tileIndex = Math.floor(first / tileWidth);
  const from = (first % tileWidth) * hashBytes;
  const hashes = read(level, tileIndex)?.subarray(from, from + width * hashBytes);
  if (hashes?.length !== width * hashBytes)
    throw new Error(`The log's tile ${tileId(level, tileIndex)} is missing or too short.`);
  return tileRoot(hashes);
}

/** Largest power of two below `count`: where a tree of that many leaves divides. */
function split(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
