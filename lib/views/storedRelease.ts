import type { LeafObject, BranchObject } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** An object of a list by its name. */
export function storedObject(db: Read, sha: string): Promise<Row<"allowlistObject"> | undefined> {
  return find(db, "allowlistObject", { sha });
}

/** A past head by its number. */
export function storedHead(db: Read, audienceId: string, seq: number): Promise<Row<"head"> | undefined> {
  return find(db, "head", { audienceId, seq });
}

/** Every object that a root reaches, the root first: the lines of a bundle. */
export async function* reachableObjects(db: Read, root: string): AsyncGenerator<Row<"allowlistObject">> {
  const waiting = [root];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const object = await storedObject(db, sha);
    if (!object) continue;
    yield object;
    const node = JSON.parse(object.body) as BranchObject | LeafObject;
    if ("children" in node) waiting.push(...Object.values(node.children));
  }
}
