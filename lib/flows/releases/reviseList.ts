import { planRevision } from "#lib/core/allowlist/planRevision.ts";
import type { PlacedNode } from "#lib/core/allowlist/PlacedNode.ts";
import { reviseTree, type RevisedTree } from "#lib/core/allowlist/reviseTree.ts";
import { maxDepth, renderEntry } from "#lib/core/allowlist/trieNode.ts";
import { hexDigits } from "#lib/core/allowlist/writeBranch.ts";
import type { Read } from "#lib/db/Database.ts";
import { entriesUnder, nodesAt, nodesUnder } from "#lib/db/queries/listTree.ts";
import type { Row } from "#lib/db/rows.ts";
import { changesOfTree, type Difference } from "./differencesOf.ts";

/** What the differences do to a list's tree, with no more of it read than they touch. */
export async function reviseList(
  db: Read,
  audience: Row<"audience">,
  root: PlacedNode,
  differences: readonly Difference[],
): Promise<RevisedTree> {
  if (differences.length === 0) return { root, put: [], removed: [], objects: new Map(), replaced: [] };
  const salt = audience.salt ?? undefined;
  const changes = changesOfTree(differences);
  const nodes = new Map<string, PlacedNode>();
  const keep = (found: readonly PlacedNode[]) => {
    for (const node of found) nodes.set(node.prefix, node);
  };
  keep(await nodesOnPaths(db, audience.id, root, changes));
  const plan = planRevision(nodes, changes, salt);
  const [children, regions] = await Promise.all([
    nodesAt(
      db,
      audience.id,
      plan.branches.flatMap((prefix) => hexDigits.map((digit) => prefix + digit)),
    ),
    Promise.all(
      plan.regions.map(async ({ prefix }) => {
        const [below, entries] = await Promise.all([
          nodesUnder(db, audience.id, prefix),
          entriesUnder(db, audience.id, prefix),
        ]);
        const placed = entries.map(({ clientId, path, entry }) => ({
          path,
          entry: renderEntry([clientId, entry]),
        }));
        return [prefix, { nodes: below, entries: placed }] as const;
      }),
    ),
  ]);
  keep(children);
  return reviseTree(plan, { nodes, regions: new Map(regions) }, salt);
}

/** Of four levels at a time: a list of a million is that deep. */
const levels = 4;

async function nodesOnPaths(
  db: Read,
  audienceId: string,
  root: PlacedNode,
  changes: readonly { readonly path: string }[],
): Promise<PlacedNode[]> {
  const found = [root];
  let deeper = root.isLeaf ? [] : changes.map(({ path }) => path);
  for (let depth = 0; depth < maxDepth && deeper.length > 0; depth += levels) {
    const prefixes = deeper.flatMap((path) =>
      Array.from({ length: levels }, (_, step) => path.slice(0, depth + step + 1)),
    );
    const nodes = await nodesAt(db, audienceId, prefixes);
    found.push(...nodes);
    const open = new Set(
      nodes.flatMap(({ prefix, isLeaf }) => (isLeaf || prefix.length < depth + levels ? [] : prefix)),
    );
    deeper = deeper.filter((path) => open.has(path.slice(0, depth + levels)));
  }
  return found;
}
