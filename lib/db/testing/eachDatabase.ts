import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import type { Database } from "../Database.ts";
import { openDatabase } from "../openDatabase.ts";
import { newPostgresDatabase } from "./newPostgresDatabase.ts";

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
  const { url, drop } = await newPostgresDatabase(server);
  const db = await openDatabase(url, migrations);
  return {
    db,
    url,
    async drop() {
      await db.close();
      await drop();
    },
  };
}
