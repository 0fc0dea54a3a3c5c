import { triePath } from "#lib/core/allowlist/trieNode.ts";
import type { AllowlistEntry, BranchObject, LeafObject } from "#lib/core/allowlist/wire.ts";
import type { Read } from "../Database.ts";
import { find } from "../rows.ts";

/** An object of a list, parsed; undefined when it is not stored (any more). */
export async function readNode(db: Read, sha: string): Promise<BranchObject | LeafObject | undefined> {
  const stored = await find(db, "allowlistObject", { sha });
  return stored && (JSON.parse(stored.body) as BranchObject | LeafObject);
}

/** Upper branches that were read lately: a name stands for the same bytes for ever. Leaves are too many. */
const branches = new Map<string, BranchObject>();
const mostBranches = 8_192;

async function readThrough(db: Read, sha: string): Promise<BranchObject | LeafObject | undefined> {
  const known = branches.get(sha);
  if (known) return known;
  const node = await readNode(db, sha);
  if (node && "children" in node) {
    if (branches.size >= mostBranches) branches.clear();
    branches.set(sha, node);
  }
  return node;
}

/** What the tree under a root says about one client. Throws when an object on the way is not stored. */
export async function listedEntry(
  db: Read,
  root: string,
  clientId: string,
): Promise<AllowlistEntry | undefined> {
  const path = triePath(clientId);
  let sha: string | undefined = root;
  for (let depth = 0; sha !== undefined; depth++) {
    const node: BranchObject | LeafObject | undefined = await readThrough(db, sha);
    if (!node) throw new Error(`The object ${sha} of an older release is not stored any more.`);
    if ("entries" in node) return Object.hasOwn(node.entries, clientId) ? node.entries[clientId] : undefined;
    sha = node.children[path.charAt(depth)];
  }
  return undefined;
}
