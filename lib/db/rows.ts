import { and, eq, isNull, type Column, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Read, Write } from "./Database.ts";
import type { Schema } from "./schema.ts";

export type TableName = keyof Schema;
export type Row<N extends TableName> = Schema[N]["$inferSelect"];
export type NewRow<N extends TableName> = Schema[N]["$inferInsert"];

/** Members that must be equal; null means "is null". */
export type Where<N extends TableName> = Partial<Row<N>>;

/** Rows whose members equal `where`, in no particular order. Anything cleverer is a query of its own in `queries/`. */
export async function findAll<N extends TableName>(
  db: Read,
  name: N,
  where: Where<N> = {},
): Promise<Row<N>[]> {
  const table = db.t[name] as PgTable;
  return (await db.orm.select().from(table).where(matches(table, where))) as Row<N>[];
}

/** The first row whose members equal `where`. */
export async function find<N extends TableName>(
  db: Read,
  name: N,
  where: Where<N>,
): Promise<Row<N> | undefined> {
  const table = db.t[name] as PgTable;
  return (await db.orm.select().from(table).where(matches(table, where)).limit(1))[0] as Row<N> | undefined;
}

export async function insert<N extends TableName>(tx: Write, name: N, ...rows: NewRow<N>[]): Promise<void> {
  if (rows.length > 0) await tx.orm.insert(tx.t[name] as PgTable).values(rows as Record<string, unknown>[]);
}

/** Inserts, or changes the row that has the same `key` member. */
export async function upsert<N extends TableName>(
  tx: Write,
  name: N,
  key: keyof Row<N> & string,
  row: NewRow<N>,
): Promise<void> {
  const table = tx.t[name] as PgTable;
  const set = Object.fromEntries(Object.entries(row).filter(([member]) => member !== key));
  await tx.orm
    .insert(table)
    .values(row as Record<string, unknown>)
    .onConflictDoUpdate({ target: column(table, key), set });
}

/** Changes the rows whose members equal `where` and says how many they were. */
export async function update<N extends TableName>(
  tx: Write,
  name: N,
  where: Where<N>,
  change: Partial<NewRow<N>>,
): Promise<number> {
  const table = tx.t[name] as PgTable;
  const done = await tx.orm
    .update(table)
    .set(change as Record<string, unknown>)
    .where(matches(table, where))
    .returning();
  return done.length;
}

/** Deletes the rows whose members equal `where`; without a member it deletes nothing. */
export async function remove<N extends TableName>(tx: Write, name: N, where: Where<N>): Promise<number> {
  if (Object.keys(where).length === 0) return 0;
  const table = tx.t[name] as PgTable;
  return (await tx.orm.delete(table).where(matches(table, where)).returning()).length;
}

function matches<N extends TableName>(table: PgTable, where: Where<N>): SQL | undefined {
  return and(
    ...Object.entries(where).map(([name, value]) =>
      value === null ? isNull(column(table, name)) : eq(column(table, name), value),
    ),
  );
}

function column(table: PgTable, name: string) {
  const found = (table as unknown as Record<string, Column>)[name];
  if (!found) throw new Error(`No column ${name}.`);
  return found as Parameters<typeof eq>[0] & PgTable["_"]["columns"][string];
}
