import { and, eq, isNull, sql, type Column, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Read, Write } from "./Database.ts";
import { changesOf, changesOfList, rowsOf, type Query } from "./prepared.ts";
import type { Schema } from "./schema.ts";

export type TableName = keyof Schema;
export type Row<N extends TableName> = Schema[N]["$inferSelect"];
export type NewRow<N extends TableName> = Schema[N]["$inferInsert"];

/** Members that must be equal; null means "is null". */
export type Where<N extends TableName> = Partial<Row<N>>;
type Values = Readonly<Record<string, unknown>>;

/** In the text of the statement: SQLite plans a statement with a bound limit anew each time it runs. */
const one = sql.raw("1") as unknown as number;

/** Rows whose members equal `where`, in no particular order. Anything cleverer is a query of its own in `queries/`. */
export async function findAll<N extends TableName>(
  db: Read,
  name: N,
  where: Where<N> = {},
): Promise<Row<N>[]> {
  const table = db.t[name] as PgTable;
  return rowsOf(db, `all ${name}`, where, (values) =>
    db.orm.select().from(table).where(matches(table, values)),
  );
}

/** The first row whose members equal `where`. */
export async function find<N extends TableName>(
  db: Read,
  name: N,
  where: Where<N>,
): Promise<Row<N> | undefined> {
  const table = db.t[name] as PgTable;
  const rows = await rowsOf<Row<N>>(db, `first ${name}`, where, (values) =>
    db.orm.select().from(table).where(matches(table, values)).limit(one),
  );
  return rows[0];
}

/** Inserts rows; a member that is absent is null. */
export async function insert<N extends TableName>(tx: Write, name: N, ...rows: NewRow<N>[]): Promise<void> {
  const table = tx.t[name] as PgTable;
  // One prepared statement per row is as fast on SQLite as one statement for all.
  if (tx.dialect === "sqlite" || rows.length === 1)
    for (const row of rows)
      await changesOf(tx, `insert ${name}`, present(row), (values) => tx.orm.insert(table).values(values));
  else if (rows.length > 0)
    await changesOfRows(tx, `insert ${name}`, rows, (values) => tx.orm.insert(table).values(values));
}

/** Inserts, or changes the row that has the same `key` member. */
export async function upsert<N extends TableName>(
  tx: Write,
  name: N,
  key: keyof Row<N> & string,
  row: NewRow<N>,
): Promise<void> {
  const table = tx.t[name] as PgTable;
  await changesOf(tx, `upsert ${name} ${key}`, present(row), (values) => {
    const set = Object.fromEntries(Object.entries(values).filter(([member]) => member !== key));
    return tx.orm
      .insert(table)
      .values(values)
      .onConflictDoUpdate({ target: column(table, key), set });
  });
}

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const atOnce = 1_000;

/** The same for many rows with the same members, each with another `key`; in their order, which the indexes of new rows like. */
export async function upsertAll<N extends TableName>(
  tx: Write,
  name: N,
  key: keyof Row<N> & string,
  rows: readonly NewRow<N>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  if (tx.dialect === "sqlite") {
    // SQLite keeps a journal of its own for each upsert, which costs ten times the row.
    for (const row of rows) {
      const where = { [key]: (row as Values)[key] } as Where<N>;
      const changed = await update(tx, name, where, { ...row, [key]: undefined });
      if (changed === 0) await insert(tx, name, row);
    }
    return;
  }
  const table = tx.t[name] as PgTable;
  const given = (member: string) => sql`excluded.${sql.identifier(column(table, member).name)}`;
  const members = Object.keys(first).filter((member) => member !== key);
  const set = Object.fromEntries(members.map((member) => [member, given(member)]));
  for (let from = 0; from < rows.length; from += atOnce)
    await changesOfRows(tx, `upsert all ${name} ${key}`, rows.slice(from, from + atOnce), (values) =>
      tx.orm
        .insert(table)
        .values(values)
        .onConflictDoUpdate({ target: column(table, key), set }),
    );
}

/** As many rows are one statement that is kept: more are rare, and their number differs each time. */
const kept = 16;

/** One statement of PostgreSQL for many rows. */
async function changesOfRows(
  tx: Write,
  shape: string,
  rows: readonly Values[],
  build: (rows: Record<string, unknown>[]) => Query,
): Promise<void> {
  const members = Object.keys(present(rows[0] ?? {}));
  const isAlike = (row: Values) =>
    members.every((member) => row[member] !== undefined) &&
    Object.keys(present(row)).length === members.length;
  if (rows.length > kept || !rows.every(isAlike)) {
    await build(rows.map((row) => ({ ...row })));
    return;
  }
  const values = rows.flatMap((row) => members.map((member) => row[member]));
  await changesOfList(tx, `${shape} ${members.join(" ")}`, values, (places) =>
    build(
      rows.map((_, at) =>
        Object.fromEntries(members.map((member, place) => [member, places[at * members.length + place]])),
      ),
    ),
  );
}

/** Changes the rows whose members equal `where` and says how many they were. */
export async function update<N extends TableName>(
  tx: Write,
  name: N,
  where: Where<N>,
  change: Partial<NewRow<N>>,
): Promise<number> {
  const table = tx.t[name] as PgTable;
  const all = { ...prefixed("where ", where), ...prefixed("set ", present(change)) };
  return changesOf(tx, `update ${name}`, all, (values) =>
    tx.orm
      .update(table)
      .set(unprefixed("set ", values))
      .where(matches(table, unprefixed("where ", values))),
  );
}

/** Deletes the rows whose members equal `where`; without a member it deletes nothing. */
export async function remove<N extends TableName>(tx: Write, name: N, where: Where<N>): Promise<number> {
  if (Object.keys(where).length === 0) return 0;
  const table = tx.t[name] as PgTable;
  return changesOf(tx, `delete ${name}`, where, (values) =>
    tx.orm.delete(table).where(matches(table, values)),
  );
}

function present(row: Values): Values {
  const members: Record<string, unknown> = {};
  for (const name in row) if (row[name] !== undefined) members[name] = row[name];
  return members;
}

function prefixed(prefix: string, values: Values): Values {
  const named: Record<string, unknown> = {};
  for (const name in values) named[prefix + name] = values[name];
  return named;
}

function unprefixed(prefix: string, values: Values): Record<string, unknown> {
  const own = Object.entries(values).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

function matches(table: PgTable, where: Values): SQL | undefined {
  return and(
    ...Object.entries(where).map(([name, value]) =>
      value === null
        ? isNull(column(table, name))
        : eq(column(table, name), sql.param(value, column(table, name))),
    ),
  );
}

function column(table: PgTable, name: string) {
  const found = (table as unknown as Record<string, Column>)[name];
  if (!found) throw new Error(`No column ${name}.`);
  return found as Parameters<typeof eq>[0] & PgTable["_"]["columns"][string];
}
