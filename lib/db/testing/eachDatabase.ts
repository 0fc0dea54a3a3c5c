import { afterAll, describe } from "vitest";
import { dropIdlePostgres, openTestPostgres, openTestSqlite, type TestDatabase } from "./openTestDatabase.ts";

export { openTestSqlite, type TestDatabase } from "./openTestDatabase.ts";

/** The same suite on SQLite and on PostgreSQL. `open` gives an empty, migrated database of its own. */
export function eachDatabase(
  suite: (open: () => Promise<TestDatabase>, dialect: "sqlite" | "postgres") => void,
): void {
  describe("on SQLite", () => suite(openTestSqlite, "sqlite"));
  const server = process.env["TEST_PG_URL"];
  describe.skipIf(!server)("on PostgreSQL", () => {
    afterAll(dropIdlePostgres);
    suite(() => openTestPostgres(server ?? ""), "postgres");
  });
}
