import { matchPattern } from "#lib/consumer/matchPattern.ts";
import { grantAt } from "#lib/core/allowlist/grantAt.ts";
import type { TrieNode } from "#lib/core/allowlist/trieNode.ts";
import type { NamespaceEntry, NamespacesObject } from "#lib/core/allowlist/wire.ts";
import { compileNamespaces } from "#lib/core/namespace/compileNamespaces.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { listDecidedOfHost } from "#lib/db/queries/listDecidedOfHost.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import { heldHeads } from "./heldHeads.ts";

/** The object with the namespaces of one audience's list; undefined when none was ever approved there. */
export async function namespacesObject(
  ctx: Context,
  db: Read,
  audience: Row<"audience">,
): Promise<TrieNode | undefined> {
  const once = (await findAll(db, "namespace")).filter(({ approvedAt }) => approvedAt !== null);
  if (once.length === 0) return undefined;
  const resources = new Map(
    (await findAll(db, "resource", { audienceId: audience.id })).map((resource) => [resource.uri, resource]),
  );
  const namespaces = once.map((namespace) => ({
    ...namespace,
    grants: namespace.constraints.grants.flatMap((grant) =>
      grantAt(resources.get(grant.resource), grant, namespace.approvedAt ?? 0),
    ),
  }));
  const decided: string[] = [];
  for (const host of new Set(once.map((namespace) => namespace.host)))
    for (const clientId of await listDecidedOfHost(db, host))
      if (once.some(({ pattern }) => matchPattern(pattern, clientId))) decided.push(clientId);
  const held: (readonly NamespaceEntry[])[] = [];
  for (const head of await heldHeads(db, audience)) held.push(await namespacesOf(db, head));
  return compileNamespaces({ namespaces, decided, held, salt: audience.salt ?? undefined, now: ctx.clock() });
}

/** What a release says about namespaces; what is not stored any more allowed none. */
async function namespacesOf(db: Read, { ns }: Row<"head">): Promise<readonly NamespaceEntry[]> {
  const stored = ns ? await find(db, "allowlistObject", { sha: ns }) : undefined;
  return stored ? (JSON.parse(stored.body) as NamespacesObject).namespaces : [];
}
