import { customType, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "blob" });

/** The column vocabulary of SQLite: the same words as PostgreSQL's, held together by columns.test.ts. */
export const columns = {
  table: sqliteTable,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  large: (name: string) => integer(name, { mode: "number" }),
  flag: (name: string) => integer(name, { mode: "boolean" }),
  instant: (name: string) => integer(name, { mode: "number" }),
  json: <T>(name: string) => json(name).$type<T>(),
  bytes: (name: string) => bytes(name),
  index,
  uniqueIndex,
};

export type Columns = typeof columns;
