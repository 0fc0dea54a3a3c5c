import { readFileSync } from "node:fs";
import { getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import * as schema from "./schema.sqlite.ts";

test("docs/database.md says of every table what bounds it", () => {
  const page = readFileSync(new URL("../../docs/database.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const told = rows.flatMap((row) => row.split("|")[1]?.match(/(?<=`)[a-z_]+(?=`)/g) ?? []);
  const tables = Object.values<unknown>(schema).flatMap((each) =>
    is(each, SQLiteTable) ? getTableName(each) : [],
  );
  expect(told.toSorted()).toEqual(tables.toSorted());
});
