import { inArray } from "drizzle-orm";
import type { Read } from "./Database.ts";
import { rowsOf } from "./prepared.ts";
import type { Row } from "./rows.ts";
import type { Schema } from "./schema.ts";

const most = 100;
const few = 4;

/** The rows with these ids, in no particular order. */
export async function findByIds<N extends "client" | "snapshot">(
  db: Read,
  name: N,
  ids: readonly string[],
): Promise<Row<N>[]> {
  const table = db.t[name] as Schema["client"];
  const found: Row<N>[] = [];
  for (const values of idValues(ids))
    found.push(
      ...(await rowsOf<Row<N>>(db, `by ids ${name}`, values, (places) =>
        db.orm
          .select()
          .from(table)
          .where(inArray(table.id, Object.values(places) as string[])),
      )),
    );
  return found;
}

/** Ids as the values of one statement for a hundred of them: the last is repeated to fill it, so that one shape serves all counts. */
export function idValues(ids: readonly string[]): Record<string, string>[] {
  const chunks: Record<string, string>[] = [];
  for (let from = 0; from < ids.length; from += most) {
    const chunk: Record<string, string> = {};
    for (let place = 0; place < most; place++)
      chunk[`id${place}`] = ids[Math.min(from + place, ids.length - 1)] ?? "";
    chunks.push(chunk);
  }
  return chunks;
}

/** Ids in lists of a hundred, the last one filled up with its own last: one statement serves all counts but few. */
export function idLists(ids: readonly string[]): string[][] {
  const lists: string[][] = [];
  for (let from = 0; from < ids.length; from += most) {
    const list = ids.slice(from, from + most);
    const size = list.length <= few ? few : most;
    while (list.length < size) list.push(list[list.length - 1]!);
    lists.push(list);
  }
  return lists;
}
