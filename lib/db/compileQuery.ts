import { Column, is, noopDecoder, Param, Placeholder, SQL } from "drizzle-orm";

/** A query of drizzle's on SQLite, prepared: the parts of it that are used here. */
export interface PreparedQuery {
  readonly query: { readonly params: readonly unknown[] };
  readonly stmt: {
    run(values: readonly unknown[]): { changes: number };
    all(values: readonly unknown[]): unknown[];
    raw(): { all(values: readonly unknown[]): unknown[][] };
  };
  readonly fields?: Fields;
  all(values: Values): unknown[];
}

export interface CompiledQuery {
  all(values: Values): unknown[];
  run(values: Values): { changes: number };
}

type Values = Readonly<Record<string | number, unknown>>;
type Fields = readonly { readonly path: readonly string[]; readonly field: unknown }[];
type Convert = (value: unknown) => unknown;

/**
 * The same query with everything that does not change from call to call worked out once: which value goes where, and how
 * each column is read. Drizzle asks that anew for every value and every cell, which costs more than the query.
 */
export function compileQuery(prepared: PreparedQuery): CompiledQuery {
  const { stmt, fields } = prepared;
  const bound = binderOfAll(prepared.query.params);
  const read = fields && readerOf(fields);
  return {
    run: (values) => stmt.run(bound(values)),
    all: (values) => {
      if (!fields) return stmt.all(bound(values));
      return read ? stmt.raw().all(bound(values)).map(read) : prepared.all(values);
    },
  };
}

/** A query of drizzle's on PostgreSQL: the parts of it that are used here. */
export interface PostgresQuery {
  readonly params: readonly unknown[];
  readonly fields?: Fields;
  readonly queryConfig: object;
}

export interface PostgresClient {
  query(config: object, values: unknown[]): Promise<{ rows: unknown[][]; rowCount: number }>;
}

/** The same for a query on PostgreSQL, to be run by the client of whatever transaction it is wanted in. */
export function compilePostgresQuery({ params, fields, queryConfig }: PostgresQuery) {
  const bound = binderOfAll(params);
  const read = fields && readerOf(fields);
  if (fields && !read) throw new Error("Rows of joined tables are not read this way.");
  return async (client: PostgresClient, values: Values) => {
    const { rows, rowCount } = await client.query(queryConfig, bound(values));
    return { rows: read ? rows.map(read) : [], rowCount };
  };
}

function binderOfAll(params: readonly unknown[]): (values: Values) => unknown[] {
  const bind = params.map(binderOf);
  return (values) => {
    const list = new Array<unknown>(bind.length);
    for (let at = 0; at < bind.length; at += 1) list[at] = bind[at]!(values);
    return list;
  };
}

function binderOf(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return valueOf(param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const value = valueOf(param.value.name);
  const { encoder } = param;
  // Null is null in every column: the encoder of JSON would make a text of it.
  return (values) => {
    const given = value(values);
    return given === null ? null : encoder.mapToDriverValue(given);
  };
}

function valueOf(name: string): (values: Values) => unknown {
  const key = /^\d+$/.test(name) ? Number(name) : name;
  return (values) => {
    const value = values[key];
    if (value === undefined) throw new Error(`No value for ${name}.`);
    return value;
  };
}

/** Undefined for rows of joined tables, which are nested, and absent as a whole: drizzle knows how. */
function readerOf(fields: Fields): ((cells: unknown[]) => Record<string, unknown>) | undefined {
  if (fields.some(({ path }) => path.length > 1)) return undefined;
  const names = fields.map(({ path }) => path[0]!);
  const converts = fields.map(({ field }) => converterOf(field));
  return (cells) => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at += 1) {
      const cell = cells[at];
      const convert = converts[at];
      row[names[at]!] = convert && cell !== null ? convert(cell) : cell;
    }
    return row;
  };
}

/** Undefined when a cell is what it reads as. */
function converterOf(field: unknown): Convert | undefined {
  const decoder = is(field, Column)
    ? field
    : ((is(field, SQL) ? field : (field as SQL.Aliased).sql) as unknown as { decoder: Column }).decoder;
  const asIs = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;
  if (asIs || (decoder as unknown) === noopDecoder) return undefined;
  return (value) => decoder.mapFromDriverValue(value);
}
