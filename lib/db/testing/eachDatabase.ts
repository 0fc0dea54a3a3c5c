import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { describe } from "vitest";
import type { Database } from "../Database.ts";
import { openDatabase } from "../openDatabase.ts";

export interface TestDatabase {
  db: Database;
  url: string;
  drop(): Promise<void>;
}

const migrations = join(import.meta.dirname, "../../../drizzle");

/** The same suite on SQLite and on PostgreSQL. `open` gives an empty, migrated database of its own. */
export function eachDatabase(
  suite: (open: () => Promise<TestDatabase>, dialect: "sqlite" | "postgres") => void,
): void {
  describe("on SQLite", () => suite(openTestSqlite, "sqlite"));
  const server = process.env["TEST_PG_URL"];
  describe.skipIf(!server)("on PostgreSQL", () => suite(() => openTestPostgres(server ?? ""), "postgres"));
}

export async function openTestSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-db-"));
  const url = join(folder, "rollcall.sqlite");
  const db = await openDatabase(url, migrations);
  return {
    db,
    url,
    async drop() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openTestPostgres(server: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = await openDatabase(url.href, migrations);
  return {
    db,
    url: url.href,
    async drop() {
      await db.close();
      await run(server, `drop database ${name} with (force)`);
    },
  };
}

async function run(server: string, statement: string): Promise<void> {
  const connection = new pg.Client({ connectionString: server });
  await connection.connect();
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
