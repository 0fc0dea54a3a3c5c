import { inArray } from "drizzle-orm";
import type { Read } from "./Database.ts";
import { rowsOf } from "./prepared.ts";
import type { Row } from "./rows.ts";
import type { Schema } from "./schema.ts";

const most = 100;

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
