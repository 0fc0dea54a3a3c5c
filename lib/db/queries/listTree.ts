import { and, eq, gte, inArray, lt } from "drizzle-orm";
import type { PlacedNode } from "#lib/core/allowlist/PlacedNode.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { changesOfList, rowsOfList } from "../prepared.ts";
import { upsertAll } from "../rows.ts";
import { together } from "../together.ts";

/** Sorts after every hex digit: what begins with a prefix lies between it and it with this. */
const afterDigits = "g";

const columnsOf = ({ t: { listNode } }: Read) => ({
  prefix: listNode.prefix,
  sha: listNode.sha,
  count: listNode.count,
  bytes: listNode.bytes,
  isLeaf: listNode.isLeaf,
});

/** The nodes of a list's tree that stand at these prefixes. */
export async function nodesAt(
  db: Read,
  audienceId: string,
  prefixes: readonly string[],
): Promise<PlacedNode[]> {
  const { listNode } = db.t;
  const lists = idLists([...new Set(prefixes)]);
  const found = await Promise.all(
    lists.map((list) =>
      rowsOfList<PlacedNode>(db, "nodes at", [audienceId, ...list], ([audience, ...places]) =>
        db.orm
          .select(columnsOf(db))
          .from(listNode)
          .where(
            and(eq(listNode.audienceId, audience as string), inArray(listNode.prefix, places as string[])),
          ),
      ),
    ),
  );
  return found.flat();
}

/** The nodes of a list's tree at and below a prefix. */
export async function nodesUnder(db: Read, audienceId: string, prefix: string): Promise<PlacedNode[]> {
  const { listNode } = db.t;
  const values = [audienceId, prefix, prefix + afterDigits];
  return rowsOfList<PlacedNode>(db, "nodes under", values, ([audience, from, to]) =>
    db.orm
      .select(columnsOf(db))
      .from(listNode)
      .where(
        and(
          eq(listNode.audienceId, audience as string),
          gte(listNode.prefix, from as string),
          lt(listNode.prefix, to as string),
        ),
      ),
  );
}

/** What a list says of every client whose path begins with a prefix. */
export async function entriesUnder(
  db: Read,
  audienceId: string,
  prefix: string,
): Promise<{ clientId: string; path: string; entry: AllowlistEntry }[]> {
  const { listEntry } = db.t;
  const values = [audienceId, prefix, prefix + afterDigits];
  return rowsOfList(db, "entries under", values, ([audience, from, to]) =>
    db.orm
      .select({ clientId: listEntry.clientId, path: listEntry.path, entry: listEntry.entry })
      .from(listEntry)
      .where(
        and(
          eq(listEntry.audienceId, audience as string),
          gte(listEntry.path, from as string),
          lt(listEntry.path, to as string),
        ),
      ),
  );
}

/** Takes away the nodes at some prefixes, all of them with "all", and puts others there. */
export async function replaceNodes(
  tx: Write,
  audienceId: string,
  removed: readonly string[] | "all",
  put: readonly PlacedNode[],
): Promise<void> {
  const { listNode } = tx.t;
  if (removed === "all") await tx.orm.delete(listNode).where(eq(listNode.audienceId, audienceId));
  const gone = removed === "all" ? [] : idLists(removed);
  const work: Promise<unknown>[] = gone.map((list) =>
    changesOfList(tx, "remove nodes", [audienceId, ...list], ([audience, ...places]) =>
      tx.orm
        .delete(listNode)
        .where(
          and(eq(listNode.audienceId, audience as string), inArray(listNode.prefix, places as string[])),
        ),
    ),
  );
  const rows = put.map((node) => ({ id: `${audienceId}:${node.prefix}`, audienceId, ...node }));
  work.push(upsertAll(tx, "listNode", "id", rows));
  await together(work);
}
