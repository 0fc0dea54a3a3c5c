import type { AllowlistEntry, BranchObject, HeadDeny, LeafObject } from "#lib/core/allowlist/wire.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

export interface ListedClient {
  readonly clientId: string;
  readonly entry: AllowlistEntry;
}

export interface ReleaseContents {
  readonly entries: readonly ListedClient[];
  readonly deny: readonly HeadDeny[];
  /** More entries exist than were read. */
  readonly more: boolean;
}

/** What a release says, read from the stored objects that its signature covers; at most `limit` entries. */
export async function releaseContents(db: Read, head: Row<"head">, limit: number): Promise<ReleaseContents> {
  const entries: ListedClient[] = [];
  await walk(db, head.root, entries, limit);
  entries.sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  return { entries, deny: head.deny, more: head.count > entries.length };
}

async function walk(db: Read, sha: string, into: ListedClient[], limit: number): Promise<void> {
  if (into.length >= limit) return;
  const stored = await find(db, "allowlistObject", { sha });
  if (!stored) return;
  const node = JSON.parse(stored.body) as LeafObject | BranchObject;
  if ("entries" in node) {
    for (const [clientId, entry] of Object.entries(node.entries))
      if (into.length < limit) into.push({ clientId, entry });
  } else for (const child of Object.values(node.children)) await walk(db, child, into, limit);
}
