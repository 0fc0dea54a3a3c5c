import { sql } from "drizzle-orm";
import type { Read } from "./Database.ts";

type Values = Readonly<Record<string, unknown>>;

interface Prepared {
  all(values: Values): unknown[];
  run(values: Values): { changes: number };
}
interface Query extends PromiseLike<unknown> {
  prepare(name?: string): unknown;
}

const known = new WeakMap<object, Map<string, Prepared>>();

/**
 * The rows of a query of which only `values` differ from call to call. On SQLite it is built and prepared once per
 * `shape` (building costs ten times the query) with a placeholder for each value that is not null; null is part of the
 * shape. On PostgreSQL, where every transaction has an orm of its own, `build` gets the values themselves.
 */
export async function rowsOf<T>(
  db: Read,
  shape: string,
  values: Values,
  build: (values: Values) => Query,
): Promise<T[]> {
  if (db.dialect === "postgres") return (await build(values)) as T[];
  return prepared(db, shape, values, build).all(values) as T[];
}

/** Like `rowsOf` for a query that changes rows: says how many. */
export async function changesOf(
  db: Read,
  shape: string,
  values: Values,
  build: (values: Values) => Query,
): Promise<number> {
  if (db.dialect === "postgres") return ((await build(values)) as { rowCount: number }).rowCount;
  return prepared(db, shape, values, build).run(values).changes;
}

function prepared(db: Read, shape: string, values: Values, build: (values: Values) => Query): Prepared {
  let ofOrm = known.get(db.orm);
  if (!ofOrm) known.set(db.orm, (ofOrm = new Map()));
  let key = shape;
  for (const name in values) key += values[name] === null ? ` !${name}` : ` ${name}`;
  let query = ofOrm.get(key);
  if (!query) {
    const places = Object.entries(values).map(
      ([name, value]) => [name, value === null ? null : sql.placeholder(name)] as const,
    );
    query = build(Object.fromEntries(places)).prepare() as Prepared;
    ofOrm.set(key, query);
  }
  return query;
}
