import { expect, expectTypeOf, test } from "vitest";
import { columns as postgres } from "./columns.postgres.ts";
import { columns as sqlite } from "./columns.sqlite.ts";

type Data<Column> = Column extends { _: { data: infer D } } ? D : never;
type Word = "text" | "integer" | "large" | "flag" | "instant" | "bytes";

test("both vocabularies have the same words", () => {
  expect(Object.keys(sqlite)).toEqual(Object.keys(postgres));
});

test("each word means the same TypeScript type on both", () => {
  type InPostgres = { [W in Word]: Data<ReturnType<(typeof postgres)[W]>> };
  type InSqlite = { [W in Word]: Data<ReturnType<(typeof sqlite)[W]>> };
  expectTypeOf<InSqlite>().toEqualTypeOf<InPostgres>();
});
