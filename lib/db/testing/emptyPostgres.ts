import pg from "pg";

/** Removes every row of a migrated database; false when that cannot be done, and then it is of no more use. */
export async function emptyPostgres(url: string): Promise<boolean> {
  const connection = new pg.Client({ connectionString: url });
  try {
    await connection.connect();
    const { rows } = await connection.query<{ name: string }>(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
    );
    // Whoever still works on it would write into the next test.
    const others = await connection.query(
      "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
    );
    if (others.rowCount) return false;
    const deletes = rows.map(({ name }) => `delete from ${name};`).join("");
    // Without looking at what points where: all of it goes.
    await connection.query(`begin; set local session_replication_role = replica; ${deletes} commit`);
    return true;
  } catch {
    return false;
  } finally {
    await connection.end().catch(() => undefined);
  }
}
