import { inArray } from "drizzle-orm";
import { tileId, type ReadTile } from "#lib/core/log/tiles.ts";
import type { Read } from "../Database.ts";

const atOnce = 500;

/** Reads these tiles of the log; what is not stored is undefined to whoever asks for it. */
export async function readLogTiles(db: Read, ids: readonly string[]): Promise<ReadTile> {
  const { logTile } = db.t;
  const tiles = new Map<string, Uint8Array>();
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce);
    for (const { id, hashes } of await db.orm.select().from(logTile).where(inArray(logTile.id, some)))
      tiles.set(id, Uint8Array.from(hashes));
  }
  return (level, index) => tiles.get(tileId(level, index));
}
