import { sql } from "drizzle-orm";
import type { Read } from "./Database.ts";
import {
  compilePostgresQuery,
  compileQuery,
  type CompiledQuery,
  type PostgresClient,
  type PostgresQuery,
  type PreparedQuery,
} from "./compileQuery.ts";

type Values = Readonly<Record<string, unknown>>;

/** A query of drizzle's, not run yet. */
export interface Query extends PromiseLike<unknown> {
  prepare(name?: string): unknown;
}

const known = new WeakMap<object, Map<string, CompiledQuery>>();

/**
 * The rows of a query of which only `values` differ from call to call. On SQLite it is built and prepared once per
 * `shape` (building costs ten times the query) with a placeholder for each value that is not null; null is part of the
 * shape. On PostgreSQL it is built once for all transactions and run by the client of this one.
 */
export async function rowsOf<T>(
  db: Read,
  shape: string,
  values: Values,
  build: (values: Values) => Query,
): Promise<T[]> {
  if (db.dialect === "postgres") return (await namedOnPostgres(db, shape, values, build)).rows as T[];
  return prepared(db, shape, values, build).all(values) as T[];
}

/** Like `rowsOf` for a query that changes rows: says how many. */
export async function changesOf(
  db: Read,
  shape: string,
  values: Values,
  build: (values: Values) => Query,
): Promise<number> {
  if (db.dialect === "postgres") return (await namedOnPostgres(db, shape, values, build)).rowCount;
  return prepared(db, shape, values, build).run(values).changes;
}

/**
 * Like `rowsOf` for a query with so many values that they have places instead of names: their number is part of the
 * shape. Null is a value like any other.
 */
export async function rowsOfList<T>(
  db: Read,
  shape: string,
  values: readonly unknown[],
  build: (places: readonly unknown[]) => Query,
  { isKept = false }: Keeping = {},
): Promise<T[]> {
  if (db.dialect === "postgres") return (await onPostgres(db, shape, values, build, isKept)).rows as T[];
  return preparedList(db, shape, values.length, build).all(values as unknown as Values) as T[];
}

/** The same for a query that changes rows: says how many. */
export async function changesOfList(
  db: Read,
  shape: string,
  values: readonly unknown[],
  build: (places: readonly unknown[]) => Query,
): Promise<number> {
  if (db.dialect === "postgres") return (await onPostgres(db, shape, values, build)).rowCount;
  return preparedList(db, shape, values.length, build).run(values as unknown as Values).changes;
}

export interface Keeping {
  /**
   * The server keeps the statement under a name, for each connection, and after a few runs its plan: for the few queries
   * that are asked all the time, of which one plan is good for all values.
   */
  readonly isKept?: boolean;
}

const onServers = new Map<string, ReturnType<typeof compilePostgresQuery>>();

async function onPostgres(
  db: Read,
  shape: string,
  values: readonly unknown[],
  build: (places: readonly unknown[]) => Query,
  isKept = false,
): Promise<{ rows: unknown[]; rowCount: number }> {
  const key = `${shape} ${values.length}`;
  const query = compiled(
    key,
    () => build(values.map((_, place) => sql.placeholder(String(place)))),
    isKept ? key : undefined,
  );
  return query(clientOf(db), values as unknown as Values);
}

async function namedOnPostgres(
  db: Read,
  shape: string,
  values: Values,
  build: (values: Values) => Query,
): Promise<{ rows: unknown[]; rowCount: number }> {
  const query = compiled(shapeOf(shape, values), () => build(placeholdersOf(values)));
  return query(clientOf(db), values);
}

/** Built once for all transactions, since building takes longer than running. */
function compiled(key: string, build: () => Query, name?: string): ReturnType<typeof compilePostgresQuery> {
  let query = onServers.get(key);
  if (!query) onServers.set(key, (query = compilePostgresQuery(build().prepare(name) as PostgresQuery)));
  return query;
}

/** The client of a transaction, or the pool. */
function clientOf(db: Read): PostgresClient {
  return (db.orm as unknown as { session: { client: PostgresClient } }).session.client;
}

function shapeOf(shape: string, values: Values): string {
  let key = shape;
  for (const name in values) key += values[name] === null ? ` !${name}` : ` ${name}`;
  return key;
}

function placeholdersOf(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? null : sql.placeholder(name)]),
  );
}

function preparedList(
  db: Read,
  shape: string,
  count: number,
  build: (places: readonly unknown[]) => Query,
): CompiledQuery {
  const ofOrm = queriesOf(db);
  const key = `${shape} ${count}`;
  let query = ofOrm.get(key);
  if (!query) {
    const places = Array.from({ length: count }, (_, place) => sql.placeholder(String(place)));
    query = compileQuery(build(places).prepare() as PreparedQuery);
    ofOrm.set(key, query);
  }
  return query;
}

function queriesOf(db: Read): Map<string, CompiledQuery> {
  let ofOrm = known.get(db.orm);
  if (!ofOrm) known.set(db.orm, (ofOrm = new Map()));
  return ofOrm;
}

function prepared(db: Read, shape: string, values: Values, build: (values: Values) => Query): CompiledQuery {
  const ofOrm = queriesOf(db);
  const key = shapeOf(shape, values);
  let query = ofOrm.get(key);
  if (!query) {
    query = compileQuery(build(placeholdersOf(values)).prepare() as PreparedQuery);
    ofOrm.set(key, query);
  }
  return query;
}
