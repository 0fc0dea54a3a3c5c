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

/** A place in the tree: what stands there, and what stood there in the tree that is known already. */
interface Place {
  readonly sha: string;
  readonly known: string | undefined;
}

/**
 * Every object that a head reaches, parents first: the lines of a bundle. What stands in the same place of the tree of
 * `known`, an older head, is left out with all below it.
 */
export async function* reachableObjects(
  db: Read,
  head: Pick<Row<"head">, "root" | "ns">,
  known?: Pick<Row<"head">, "root" | "ns">,
): AsyncGenerator<Row<"allowlistObject">> {
  const waiting: Place[] = [{ sha: head.root, known: known?.root }];
  if (head.ns) waiting.push({ sha: head.ns, known: known?.ns ?? undefined });
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    if (place.sha === place.known) continue;
    const object = await storedObject(db, place.sha);
    if (!object) continue;
    yield object;
    const children = Object.entries(childrenOf(object));
    if (children.length === 0) continue;
    const before = place.known === undefined ? undefined : await storedObject(db, place.known);
    const old = before ? childrenOf(before) : {};
    for (const [digit, sha] of children) waiting.push({ sha, known: old[digit] });
  }
}

function childrenOf({ body }: Row<"allowlistObject">): Record<string, string> {
  const node = JSON.parse(body) as BranchObject | LeafObject;
  return "children" in node ? node.children : {};
}
