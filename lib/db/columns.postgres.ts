import { bigint, boolean, customType, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** The column vocabulary of PostgreSQL: the words schema.ts is written in. */
export const columns = {
  table: pgTable,
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  /** A whole number that may need 53 bits: what other machines count. */
  large: (name: string) => bigint(name, { mode: "number" }),
  flag: (name: string) => boolean(name),
  instant: (name: string) => bigint(name, { mode: "number" }),
  json: <T>(name: string) => json(name).$type<T>(),
  bytes: (name: string) => bytes(name),
  index,
  uniqueIndex,
};

export type Columns = typeof columns;
