import { Column, is, noopDecoder, Param, Placeholder, SQL } from "drizzle-orm";

/** A query of drizzle's on SQLite, prepared: the parts of it that are used here. */
export interface PreparedQuery {
  readonly query: { readonly params: readonly unknown[] };
  readonly stmt: {
    run(values: readonly unknown[]): { changes: number };
    all(values: readonly unknown[]): unknown[];
    raw(): { all(values: readonly unknown[]): unknown[][] };
  };
  readonly fields?: readonly { readonly path: readonly string[]; readonly field: unknown }[];
  all(values: Values): unknown[];
}

export interface CompiledQuery {
  all(values: Values): unknown[];
  run(values: Values): { changes: number };
}

type Values = Readonly<Record<string | number, unknown>>;
type Convert = (value: unknown) => unknown;

/**
 * The same query with everything that does not change from call to call worked out once: which value goes where, and how
 * each column is read. Drizzle asks that anew for every value and every cell, which costs more than the query.
 */
export function compileQuery(prepared: PreparedQuery): CompiledQuery {
  const { stmt } = prepared;
  const bind = prepared.query.params.map(binderOf);
  const bound = (values: Values) => {
    const list = new Array<unknown>(bind.length);
    for (let at = 0; at < bind.length; at += 1) list[at] = bind[at]!(values);
    return list;
  };
  return {
    run: (values) => stmt.run(bound(values)),
    all: readerOf(prepared, bound),
  };
}

function binderOf(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return valueOf(param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const value = valueOf(param.value.name);
  const { encoder } = param;
  return (values) => encoder.mapToDriverValue(value(values));
}

function valueOf(name: string): (values: Values) => unknown {
  const key = /^\d+$/.test(name) ? Number(name) : name;
  return (values) => {
    const value = values[key];
    if (value === undefined) throw new Error(`No value for ${name}.`);
    return value;
  };
}

function readerOf(prepared: PreparedQuery, bound: (values: Values) => unknown[]): CompiledQuery["all"] {
  const { stmt, fields } = prepared;
  if (!fields) return (values) => stmt.all(bound(values));
  // Rows of joined tables are nested, and absent as a whole: drizzle knows how.
  if (fields.some(({ path }) => path.length > 1)) return (values) => prepared.all(values);
  const names = fields.map(({ path }) => path[0]!);
  const converts = fields.map(({ field }) => converterOf(field));
  return (values) =>
    stmt
      .raw()
      .all(bound(values))
      .map((cells) => {
        const row: Record<string, unknown> = {};
        for (let at = 0; at < names.length; at += 1) {
          const cell = cells[at];
          const convert = converts[at];
          row[names[at]!] = convert && cell !== null ? convert(cell) : cell;
        }
        return row;
      });
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
