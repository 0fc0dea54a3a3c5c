import { start } from "./testPostgres.mjs";

/**
 * Vitest's global set-up: one PostgreSQL for the whole run, announced to the tests as `TEST_PG_URL`.
 * `ROLLCALL_TEST_DATABASES=sqlite` leaves it out; so does a machine that has none, with a printed line.
 */
export default async function setup() {
  if (!(process.env.ROLLCALL_TEST_DATABASES ?? "sqlite,postgres").includes("postgres")) return undefined;
  const server = await start();
  if (!server) {
    console.error(
      "PostgreSQL tests are skipped: no server found (set TEST_PG_URL or PG_BIN, or install postgresql).",
    );
    return undefined;
  }
  process.env.TEST_PG_URL = server.url;
  return server.stop;
}
