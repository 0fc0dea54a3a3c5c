import { matchPattern } from "#lib/consumer/matchPattern.ts";
import { bySpecificity } from "#lib/core/namespace/bySpecificity.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll, type Row } from "#lib/db/rows.ts";

/** The id of the namespace a client_id belongs to, the most specific one; undefined when it is nobody's child. */
export async function namespaceOf(db: Read, clientId: string): Promise<string | undefined> {
  return (await namespaceMatcher(db))(clientId);
}

/** The same for many client_ids: the namespaces are read once. */
export async function namespaceMatcher(db: Read): Promise<(clientId: string) => string | undefined> {
  const standing = bySpecificity((await findAll(db, "namespace")).filter(wasApproved));
  return (clientId) => standing.find(({ pattern }) => matchPattern(pattern, clientId))?.id;
}

/** Approved once and not retired: what is suspended or has run out still knows its children. */
export function wasApproved({ approvedAt, state }: Pick<Row<"namespace">, "approvedAt" | "state">): boolean {
  return approvedAt !== null && state !== "retired";
}
