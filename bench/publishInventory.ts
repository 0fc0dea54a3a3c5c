import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import pg from "pg";
import type { Database } from "#lib/db/Database.ts";
import { openDatabase } from "#lib/db/openDatabase.ts";
import { newPostgresDatabase } from "#lib/db/testing/newPostgresDatabase.ts";
import { start } from "#lib/flows/testing/openTestContext.ts";

/** Clients in the inventory, each approved at the one server there is. */
export const clients = Number(process.env["BENCH_CLIENTS"] ?? 1_000_000);
export const audienceId = "01jd5v7m3k0000000000audience";

export interface Inventory {
  readonly db: Database;
  /** The list's entries are there already: only its tree is built. */
  readonly isListed: boolean;
  /** Brings what was filled in to rest, so that single changes do not wait for the disk to swallow it. */
  settle(): Promise<void>;
  drop(): Promise<void>;
}

const day = 86_400_000;
const approvedAt = start - 30 * day;
const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const resource = "https://mcp.example.com/tickets";

const metadata = (host: string) => `'{"client_id":"https://' || ${host} || '/oauth/client.json",
"client_name":"Example client","client_uri":"https://' || ${host} || '/","contacts":[],
"redirect_uris":["https://' || ${host} || '/oauth/callback","http://127.0.0.1:33418/callback"],
"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"application_type":"web",
"scope":[],"token_endpoint_auth_method":"none","token_endpoint_auth_methods_supported":[],"other":{}}'`;

export const clientRowId = (n: number) => `01jd5v7m3k0000000000${String(n).padStart(8, "0")}`;

/** What one statement after another fills the tables with; `number` being the eight digits of the i-th client. */
function insertions(series: string, number: string): string[] {
  const host = `'clients.publisher-' || ${number} || '.com'`;
  const id = `'01jd5v7m3k0000000000' || ${number}`;
  const snapshot = `'01jd5v7m3k0000000001' || ${number}`;
  return [
    `insert into audience (id, slug, name, is_private, salt, epoch, created_at, revision)
     values ('${audienceId}', 'prod', 'Production', true, 'AAECAwQFBgcICQoLDA0ODw', 1, ${approvedAt - day}, 1)`,
    `insert into resource (id, audience_id, uri, name, scopes, sensitive_scopes, created_at)
     values ('r', '${audienceId}', '${resource}', 'Tickets', '["tickets.read"]', '[]', ${approvedAt - day})`,
    `insert into client (id, client_id, host, domain, name, profile, lifecycle, lifecycle_at, sync, risk_tier,
       risk_reasons, live_snapshot_id, approved_snapshot_id, approved_request_id, approved_at, valid_until,
       self_approved, failures, next_fetch_at, created_at, updated_at, revision)
     select ${id}, 'https://' || ${host} || '/oauth/client.json', ${host}, 'publisher-' || ${number} || '.com',
       'Example client', 'ietf', 'approved', ${approvedAt}, 'in_sync', 'low', '[]', ${snapshot}, ${snapshot},
       '01jd5v7m3k0000000002' || ${number}, ${approvedAt}, ${approvedAt + 180 * day}, false, 0,
       ${start + day}, ${approvedAt}, ${approvedAt}, 2 from ${series}`,
    `insert into snapshot (id, client_row_id, number, digest, raw_digest, canonical_digest, semantic_digest,
       document_text, metadata, keys, results, errors, warnings, first_seen_at)
     select ${snapshot}, ${id}, 1, '${digest}', '${digest}', '${digest}', '${digest}', '{}', ${metadata(host)}, '[]', '[]',
       0, 0, ${approvedAt} from ${series}`,
    `insert into "grant" (id, client_row_id, resource, scopes, request_id, created_at)
     select '01jd5v7m3k0000000003' || ${number}, ${id}, '${resource}', '["tickets.read"]',
       '01jd5v7m3k0000000002' || ${number}, ${approvedAt} from ${series}`,
  ];
}

const entry = (number: string) =>
  `'{"status":"allow","redirect_uris":[{"uri":"http://127.0.0.1:33418/callback","match":"loopback_any_port"},{"uri":"https://clients.publisher-' || ${number} || '.com/oauth/callback","match":"exact"}],"token_endpoint_auth_method":"none","jkts":[],"grant_types":["authorization_code","refresh_token"],"grants":[{"resource":"${resource}","scopes":["tickets.read"]}],"doc_sha256":["${Buffer.from(digest, "hex").toString("base64url")}"],"on_doc_mismatch":"use_entry","exp":${(approvedAt + 180 * day) / 1_000},"ref":"01jd5v7m3k0000000002' || ${number} || '"}'`;

/** What the list says of all of them already, as a release before left it. */
const listed = (series: string, number: string) => `
  insert into list_entry (id, audience_id, client_id, entry, changed_at, path)
  select '01jd5v7m3k0000000004' || ${number}, '${audienceId}', url, ${entry(number)}, ${approvedAt},
    encode(sha256(convert_to(url, 'UTF8')), 'hex')
  from (select i, 'https://clients.publisher-' || ${number} || '.com/oauth/client.json' as url from ${series}) as all_of_them`;

export async function inventoryOnSqlite(): Promise<Inventory> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-publish-"));
  const file = join(folder, "rollcall.sqlite");
  await (await openDatabase(file, "drizzle")).close();
  const raw = new SQLite(file);
  for (const setting of ["journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"])
    raw.pragma(setting);
  const indexes = raw
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'client' and sql is not null and sql not like '%UNIQUE%'",
    )
    .all();
  for (const { name } of indexes) raw.exec(`drop index ${name}`);
  const series = `(with recursive series(i) as (select 0 union all select i + 1 from series where i < ${clients - 1}) select i from series)`;
  for (const statement of insertions(series, "printf('%08d', i)")) raw.exec(statement);
  for (const { sql } of indexes) raw.exec(sql);
  raw.close();
  const db = await openDatabase(file, "drizzle");
  return {
    db,
    isListed: false,
    async settle() {
      const other = new SQLite(file, { timeout: 60_000 });
      other.pragma("wal_checkpoint(TRUNCATE)");
      other.close();
      const descriptor = openSync(file, "r+");
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
    async drop() {
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function inventoryOnPostgres(server: string): Promise<Inventory> {
  const { url, drop } = await newPostgresDatabase(server);
  await (await openDatabase(url, "drizzle")).close();
  const raw = new pg.Client({ connectionString: url });
  await raw.connect();
  await raw.query("set synchronous_commit = off");
  await raw.query("set session_replication_role = replica");
  const { rows } = await raw.query<{ indexname: string; indexdef: string }>(
    "select indexname, indexdef from pg_indexes where tablename = 'client' and indexdef not like '%UNIQUE%'",
  );
  for (const { indexname } of rows) await raw.query(`drop index ${indexname}`);
  const series = `generate_series(0::bigint, ${clients - 1}) as series(i)`;
  const number = "lpad(i::text, 8, '0')";
  for (const statement of insertions(series, number)) await raw.query(statement);
  await raw.query(listed(series, number));
  for (const { indexdef } of rows) await raw.query(indexdef);
  for (const table of ["client", "snapshot", '"grant"', "list_entry"])
    await raw.query(`vacuum analyze ${table}`);
  await raw.end();
  const db = await openDatabase(url, "drizzle");
  return {
    db,
    isListed: true,
    async settle() {
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      for (const table of ["list_node", "allowlist_object"]) await other.query(`vacuum analyze ${table}`);
      await other.query("checkpoint");
      await other.end();
    },
    async drop() {
      await db.close();
      await drop();
    },
  };
}
