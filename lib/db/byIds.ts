import { inArray } from "drizzle-orm";
import type { Read } from "./Database.ts";
import { rowsOfList } from "./prepared.ts";
import type { Row } from "./rows.ts";
import type { Schema } from "./schema.ts";

const most = 100;

/** How many ids a statement is made for: planning a hundred places takes several times as long as planning four. */
const sizes = [4, 16, 64, most];

/** The rows with these ids, in no particular order. */
export async function findByIds<N extends "client" | "snapshot">(
  db: Read,
  name: N,
  ids: readonly string[],
): Promise<Row<N>[]> {
  const table = db.t[name] as Schema["client"];
  const found: Row<N>[] = [];
  for (const list of idLists(ids))
    found.push(
      ...(await rowsOfList<Row<N>>(db, `by ids ${name}`, list, (places) =>
        db.orm
          .select()
          .from(table)
          .where(inArray(table.id, places as string[])),
      )),
    );
  return found;
}

/** Ids in lists of a hundred, the last one filled up with its own last: a few statements serve all counts. */
export function idLists(ids: readonly string[]): string[][] {
  const lists: string[][] = [];
  for (let from = 0; from < ids.length; from += most) {
    const list = ids.slice(from, from + most);
    const size = sizes.find((each) => list.length <= each) ?? most;
    while (list.length < size) list.push(list[list.length - 1]!);
    lists.push(list);
  }
  return lists;
}
