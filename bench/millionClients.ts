import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import pg from "pg";
import type { Instant } from "#lib/core/Instant.ts";
import type { Database } from "#lib/db/Database.ts";
import { openDatabase } from "#lib/db/openDatabase.ts";
import { newPostgresDatabase } from "#lib/db/testing/newPostgresDatabase.ts";

/** A million clients that are visited hourly, in an order that has nothing to do with when they were registered. */
export const hour = 3_600_000;
export const firstDue: Instant = Date.UTC(2026, 10, 21, 12);
export const count = Number(process.env["BENCH_CLIENTS"] ?? 1_000_000);

export interface Million {
  readonly db: Database;
  drop(): Promise<void>;
}

const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** One statement, `number` being the eight digits of the i-th client: a row each as the worker leaves it. */
const insertion = (series: string, number: string) => `
  insert into client (id, client_id, host, domain, name, profile, lifecycle, lifecycle_at, sync, risk_tier, risk_reasons,
    live_snapshot_id, self_approved, etag, last_modified, key_set_url, body_digest, last_fetched_at, last_outcome, failures,
    next_fetch_at, last_unconditional_at, address, certificate, certificate_issuer, created_at, updated_at, revision)
  select '01jd5v7m3k0000000000' || ${number}, 'https://clients.publisher-' || ${number} || '.com/oauth/client.json',
    'clients.publisher-' || ${number} || '.com', 'publisher-' || ${number} || '.com', 'Example client', 'ietf',
    'approved', ${firstDue}, 'in_sync', 'high', '[]', '01jd5v7m3k0000000001' || ${number}, false, '"5f3c1d2e-1a2b"',
    'Fri, 20 Nov 2026 08:00:00 GMT', '', '${digest}', ${firstDue}, 'not_modified', 0,
    ${firstDue} + (i * 7919) % ${hour}, ${firstDue}, '192.0.2.1', '${digest}',
    ${quoted("C=US, O=Let's Encrypt, CN=R11")}, ${firstDue}, ${firstDue}, 2
  from ${series}`;

export async function millionOnSqlite(): Promise<Million> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-million-"));
  const file = join(folder, "rollcall.sqlite");
  await (await openDatabase(file, "drizzle")).close();
  const raw = new SQLite(file);
  for (const setting of ["journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"])
    raw.pragma(setting);
  const indexes = raw
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'client' and sql is not null",
    )
    .all();
  for (const { name } of indexes) raw.exec(`drop index ${name}`);
  raw.exec(
    `with recursive series(i) as (select 0 union all select i + 1 from series where i < ${count - 1}) ${insertion("series", "printf('%08d', i)")}`,
  );
  for (const { sql } of indexes) raw.exec(sql);
  raw.close();
  const db = await openDatabase(file, "drizzle");
  return {
    db,
    async drop() {
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function millionOnPostgres(server: string): Promise<Million> {
  const { url, drop } = await newPostgresDatabase(server);
  await (await openDatabase(url, "drizzle")).close();
  const raw = new pg.Client({ connectionString: url });
  await raw.connect();
  const { rows } = await raw.query<{ indexname: string; indexdef: string }>(
    "select indexname, indexdef from pg_indexes where tablename = 'client' and indexdef not like '%UNIQUE%'",
  );
  for (const { indexname } of rows) await raw.query(`drop index ${indexname}`);
  await raw.query("set synchronous_commit = off");
  await raw.query(
    insertion(`generate_series(0::bigint, ${count - 1}) as series(i)`, "lpad(i::text, 8, '0')"),
  );
  for (const { indexdef } of rows) await raw.query(indexdef);
  await raw.query("vacuum analyze client");
  await raw.end();
  const db = await openDatabase(url, "drizzle");
  return {
    db,
    async drop() {
      await db.close();
      await drop();
    },
  };
}
