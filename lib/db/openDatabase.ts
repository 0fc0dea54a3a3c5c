import { join } from "node:path";
import type { Database } from "./Database.ts";
import { openPostgres } from "./openPostgres.ts";
import { openSqlite } from "./openSqlite.ts";

/**
 * Opens the database that `url` names and brings it up to date.
 * @param url `postgres://…`, or the path of a SQLite file.
 * @param migrations folder that holds `sqlite/` and `postgres/`.
 */
export function openDatabase(url: string, migrations: string): Promise<Database> {
  return /^postgres(ql)?:\/\//.test(url)
    ? openPostgres(url, join(migrations, "postgres"))
    : openSqlite(url, join(migrations, "sqlite"));
}
