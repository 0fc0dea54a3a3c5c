import { formatEntryBundle } from "#lib/core/log/entryBundle.ts";
import type { TilePath } from "#lib/core/log/tilePath.ts";
import { tileId, tileWidth } from "#lib/core/log/tiles.ts";
import { hashBytes } from "#lib/core/log/treeHash.ts";
import type { Read } from "#lib/db/Database.ts";
import { listLogLeaves } from "#lib/db/queries/listLogLeaves.ts";
import { find } from "#lib/db/rows.ts";

/** The bytes of a tile or of a bundle of entries (C2SP tlog-tiles); null while the log is not that far. */
export async function logTile(db: Read, { level, index, width }: TilePath): Promise<Uint8Array | null> {
  if (level === "entries") {
    const first = index * tileWidth;
    const leaves = await listLogLeaves(db, first, first + width);
    return leaves.length === width ? formatEntryBundle(leaves.map(({ body }) => body)) : null;
  }
  const stored = (await find(db, "logTile", { id: tileId(level, index) }))?.hashes;
  const bytes = width * hashBytes;
  return stored && stored.length >= bytes ? stored.subarray(0, bytes) : null;
}
