import type { TrieNode } from "#lib/core/allowlist/trieNode.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import type { Row } from "#lib/db/rows.ts";

/** The object with the namespaces of one audience's list; undefined when none is approved there. */
export async function namespacesObject(
  _ctx: Context,
  _db: Read,
  _audience: Row<"audience">,
): Promise<TrieNode | undefined> {
  return undefined;
}
