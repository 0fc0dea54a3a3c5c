import type { AllowlistEntry, BranchObject, LeafObject } from "#lib/core/allowlist/wire.ts";
import { triePath } from "#lib/core/allowlist/trieNode.ts";
import type { Read } from "../Database.ts";
import { readNode } from "./listedEntry.ts";

/** One client of which two releases say something else; absent: not listed. */
export interface EntryDifference {
  readonly clientId: string;
  readonly before?: AllowlistEntry | undefined;
  readonly after?: AllowlistEntry | undefined;
}

export interface TreeComparison {
  /** In the order of client_ids. */
  readonly differences: readonly EntryDifference[];
  /** More differ than were asked for. */
  readonly more: boolean;
  /** An object of one of them is not stored any more: nothing is known. */
  readonly unknown: boolean;
}

class NotStored extends Error {}

/**
 * What two trees say differently, at most `limit` clients. Parts with the same name are the same and are not read, so the
 * cost is that of the difference, not of the list.
 */
export async function compareTrees(
  db: Read,
  before: string,
  after: string,
  limit: number,
): Promise<TreeComparison> {
  const found: EntryDifference[] = [];
  try {
    await compare(db, { before, after, depth: 0 }, found, limit + 1);
  } catch (error) {
    if (!(error instanceof NotStored)) throw error;
    return { differences: [], more: false, unknown: true };
  }
  const differences = found.slice(0, limit).sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  return { differences, more: found.length > limit, unknown: false };
}

type Node = BranchObject | LeafObject;
/** A part of a tree: by its name, or already read; absent: empty. */
type Part = string | Node | undefined;

interface Parts {
  readonly before: Part;
  readonly after: Part;
  readonly depth: number;
}

async function compare(db: Read, parts: Parts, found: EntryDifference[], limit: number): Promise<void> {
  const { before, after, depth } = parts;
  if (before === after || found.length >= limit) return;
  const [old, fresh] = [await nodeOf(db, before), await nodeOf(db, after)];
  if ("entries" in old && "entries" in fresh) return differ(old.entries, fresh.entries, found);
  // Where one was split and the other is a leaf still, the leaf is looked at as if it had been split, too.
  const [a, b] = [childrenOf(old, depth), childrenOf(fresh, depth)];
  for (const digit of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort())
    await compare(db, { before: a[digit], after: b[digit], depth: depth + 1 }, found, limit);
}

function childrenOf(node: Node, depth: number): Readonly<Record<string, Part>> {
  if ("children" in node) return node.children;
  const children: Record<string, LeafObject> = {};
  for (const [clientId, entry] of Object.entries(node.entries)) {
    const leaf = (children[triePath(clientId).charAt(depth)] ??= { v: 1, entries: {} });
    leaf.entries[clientId] = entry;
  }
  return children;
}

function differ(
  old: Readonly<Record<string, AllowlistEntry>>,
  fresh: Readonly<Record<string, AllowlistEntry>>,
  found: EntryDifference[],
): void {
  for (const clientId of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    const before = Object.hasOwn(old, clientId) ? old[clientId] : undefined;
    const after = Object.hasOwn(fresh, clientId) ? fresh[clientId] : undefined;
    if (JSON.stringify(before) !== JSON.stringify(after))
      found.push({ clientId, ...(before ? { before } : {}), ...(after ? { after } : {}) });
  }
}

const empty: LeafObject = { v: 1, entries: {} };

async function nodeOf(db: Read, part: Part): Promise<Node> {
  if (typeof part !== "string") return part ?? empty;
  const node = await readNode(db, part);
  if (!node) throw new NotStored();
  return node;
}
