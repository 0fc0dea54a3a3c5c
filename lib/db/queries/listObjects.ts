import { and, eq, inArray, isNotNull, isNull, lt, max, notExists, notInArray, sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import { idLists } from "../byIds.ts";
import type { Read, Write } from "../Database.ts";
import { changesOfList, rowsOfList } from "../prepared.ts";

/** Which of these objects are stored, and since when nobody needs them. */
export async function storedAmong(db: Read, shas: readonly string[]): Promise<Map<string, Instant | null>> {
  const { allowlistObject } = db.t;
  const found = new Map<string, Instant | null>();
  for (const list of idLists(shas)) {
    const rows = await rowsOfList<{ sha: string; unneededSince: Instant | null }>(
      db,
      "stored among",
      list,
      (places) =>
        db.orm
          .select({ sha: allowlistObject.sha, unneededSince: allowlistObject.unneededSince })
          .from(allowlistObject)
          .where(inArray(allowlistObject.sha, places as string[])),
    );
    for (const { sha, unneededSince } of rows) found.set(sha, unneededSince);
  }
  return found;
}

/** These objects are needed: what was about to be collected is not. */
export async function needObjects(tx: Write, shas: readonly string[]): Promise<void> {
  const { allowlistObject } = tx.t;
  for (const list of idLists(shas))
    await changesOfList(tx, "need objects", list, (places) =>
      tx.orm
        .update(allowlistObject)
        .set({ unneededSince: null })
        .where(inArray(allowlistObject.sha, places as string[])),
    );
}

/** From now on nobody needs these objects, unless another place of a tree holds them. */
export async function doubtObjects(tx: Write, shas: readonly string[], at: Instant): Promise<void> {
  const { allowlistObject } = tx.t;
  for (const list of idLists(shas))
    await changesOfList(tx, "doubt objects", [at, ...list], ([since, ...places]) =>
      tx.orm
        .update(allowlistObject)
        .set({ unneededSince: sql`cast(${since} as bigint)` })
        .where(
          and(
            inArray(allowlistObject.sha, places as string[]),
            // Hidden from the planner of SQLite, which would look through all that are needed instead of these few.
            sql`coalesce(${allowlistObject.unneededSince}, 0) = 0`,
            inNoTree(tx),
          ),
        ),
    );
}

const inNoTree = (tx: Write) =>
  notExists(
    tx.orm
      .select({ sha: tx.t.listNode.sha })
      .from(tx.t.listNode)
      .where(eq(tx.t.listNode.sha, tx.t.allowlistObject.sha)),
  );

/** Names of the objects with namespaces that the newest heads name. */
export async function neededNamespaces(db: Read): Promise<string[]> {
  const { head } = db.t;
  const newest = db.orm
    .select({ audienceId: head.audienceId, seq: max(head.seq).as("newest") })
    .from(head)
    .groupBy(head.audienceId)
    .as("latest");
  const rows = await db.orm
    .select({ ns: head.ns })
    .from(head)
    .innerJoin(newest, and(eq(head.audienceId, newest.audienceId), eq(head.seq, newest.seq)))
    .where(isNotNull(head.ns));
  return rows.flatMap(({ ns }) => ns ?? []);
}

/** Marks every stored object that no tree holds, made before `madeBefore`; for what a publisher that died left behind. */
export async function doubtStrayObjects(
  tx: Write,
  at: Instant,
  madeBefore: Instant,
  except: readonly string[],
): Promise<void> {
  const { allowlistObject } = tx.t;
  await tx.orm
    .update(allowlistObject)
    .set({ unneededSince: at })
    .where(
      and(
        isNull(allowlistObject.unneededSince),
        lt(allowlistObject.createdAt, madeBefore),
        inNoTree(tx),
        except.length > 0 ? notInArray(allowlistObject.sha, [...except]) : undefined,
      ),
    );
}

/** Removes up to `limit` objects that nobody needed since before `before`; says how many. */
export async function removeUnneeded(
  tx: Write,
  before: Instant,
  except: readonly string[],
  limit: number,
): Promise<number> {
  const { allowlistObject } = tx.t;
  const rows = await tx.orm
    .select({ sha: allowlistObject.sha })
    .from(allowlistObject)
    .where(
      and(
        lt(allowlistObject.unneededSince, before),
        inNoTree(tx),
        except.length > 0 ? notInArray(allowlistObject.sha, [...except]) : undefined,
      ),
    )
    .limit(limit);
  for (const list of idLists(rows.map(({ sha }) => sha)))
    await changesOfList(tx, "remove objects", list, (places) =>
      tx.orm.delete(allowlistObject).where(inArray(allowlistObject.sha, places as string[])),
    );
  return rows.length;
}
