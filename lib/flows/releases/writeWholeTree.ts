import type { PlacedEntry, PlacedNode } from "#lib/core/allowlist/PlacedNode.ts";
import { fitsLeaf, renderEntry } from "#lib/core/allowlist/trieNode.ts";
import { hexDigits, writeBranch } from "#lib/core/allowlist/writeBranch.ts";
import { byPath, writeSubtree } from "#lib/core/allowlist/writeSubtree.ts";
import type { Read } from "#lib/db/Database.ts";
import { countEntries } from "#lib/db/queries/listedEntries.ts";
import { entriesUnder } from "#lib/db/queries/listTree.ts";
import type { Row } from "#lib/db/rows.ts";
import type { Difference } from "./differencesOf.ts";

/**
 * Writes the whole tree of a list from its kept entries and the differences to them: the same nodes as `buildTrie`
 * gives. More than `atOnce` are written a part at a time, so that a million never stand in memory. Bodies go to `store` as they are made, among them of a large list a few that its tree does not need.
 */
export async function writeWholeTree(
  db: Read,
  audience: Row<"audience">,
  differences: readonly Difference[],
  atOnce: number,
  store: (objects: ReadonlyMap<string, string>) => Promise<void>,
): Promise<{ root: PlacedNode; nodes: PlacedNode[] }> {
  const salt = audience.salt ?? undefined;
  const nodes = new Map<string, PlacedNode>();
  const write = async (prefix: string) => {
    const placed = await placedUnder(db, audience.id, prefix, differences);
    if (placed.length === 0 && prefix !== "") return;
    const written = writeSubtree(placed, prefix, salt);
    for (const node of written.nodes) nodes.set(node.prefix, node);
    await store(written.objects);
  };
  const total = (await countEntries(db, audience.id)) + differences.length;
  if (total <= atOnce) await write("");
  else {
    for (const first of hexDigits) for (const second of hexDigits) await write(first + second);
    for (const prefix of [...hexDigits, ""]) {
      const { node, body } = writeBranch(prefix, (at) => nodes.get(at), salt);
      if (node.count === 0 && prefix !== "") continue;
      if (fitsLeaf(node.count, node.bytes, salt)) {
        for (const at of nodes.keys()) if (at.startsWith(prefix)) nodes.delete(at);
        await write(prefix);
        continue;
      }
      nodes.set(prefix, node);
      await store(new Map([[node.sha, body]]));
    }
  }
  return { root: nodes.get("")!, nodes: [...nodes.values()] };
}

async function placedUnder(
  db: Read,
  audienceId: string,
  prefix: string,
  differences: readonly Difference[],
): Promise<PlacedEntry[]> {
  const placed = new Map<string, PlacedEntry>();
  const place = (path: string, entry: PlacedEntry["entry"]) => placed.set(path, { path, entry });
  for (const { path, clientId, entry } of await entriesUnder(db, audienceId, prefix))
    place(path, renderEntry([clientId, entry]));
  for (const { path, clientId, entry } of differences)
    if (path.startsWith(prefix))
      if (entry) place(path, renderEntry([clientId, entry]));
      else placed.delete(path);
  return [...placed.values()].sort(byPath);
}
