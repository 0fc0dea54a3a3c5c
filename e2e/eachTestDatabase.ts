import { openTestPostgres, openTestSqlite, type TestDatabase } from "#lib/db/testing/openTestDatabase.ts";
import { start } from "../tools/testPostgres.mjs";

export interface NamedDatabase {
  readonly name: "SQLite" | "PostgreSQL";
  /** An empty, migrated database of its own. */
  open(): Promise<TestDatabase>;
}

/** SQLite, and PostgreSQL where the machine has one: for programs outside the test runner. */
export async function* eachTestDatabase(): AsyncGenerator<NamedDatabase> {
  yield { name: "SQLite", open: openTestSqlite };
  const server = await start();
  if (!server) return;
  try {
    yield { name: "PostgreSQL", open: () => openTestPostgres(server.url) };
  } finally {
    await server.stop();
  }
}
