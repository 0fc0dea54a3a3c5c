import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import SQLite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import type { Database, Read, Write } from "./Database.ts";
import { schema } from "./schema.sqlite.ts";
import { cacheStatements } from "./cacheStatements.ts";
import { groupCommit } from "./groupCommit.ts";

/** How long a transaction waits for the other process to finish its own, in ms. Transactions are short. */
const writeLockPatience = 15_000;
const writeLockRetry = 5;

/**
 * Opens (and creates) a SQLite database and brings it up to date. One writer connection behind a queue, one read-only
 * connection for everything else. The busy timeout is nil and waiting is asynchronous, so no event loop is ever
 * blocked by the other process.
 */
export async function openSqlite(file: string, migrationsFolder: string): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file)) accessSync(file, constants.W_OK);
  // Made before SQLite makes it for everybody to read: it holds addresses and secrets of channels. Its log follows its mode.
  else closeSync(openSync(file, "a", 0o600));
  const writer = new SQLite(file, { timeout: 5_000 });
  writer.pragma("journal_mode = WAL");
  writer.pragma("synchronous = FULL");
  // 16 MB: visits rewrite the same pages of the same tables, which are copied into the file once for all of them.
  writer.pragma("wal_autocheckpoint = 4000");
  // Rows of a large inventory are read without a system call each. Address space, not memory.
  writer.pragma("mmap_size = 8589934592");
  // What a transaction may take back is remembered in memory, not in a file of its own.
  writer.pragma("temp_store = MEMORY");
  writer.pragma("foreign_keys = OFF");
  const writeOrm = drizzle({ client: cacheStatements(writer) });
  await migratePatiently(() => migrate(writeOrm, { migrationsFolder })).catch((error: unknown) => {
    writer.close();
    throw error;
  });
  writer.pragma("foreign_keys = ON");
  writer.pragma("busy_timeout = 0");

  const transact = groupCommit(writer, () => begin(writer));

  const reader = new SQLite(file, { readonly: true, timeout: 1_000 });
  reader.pragma("query_only = ON");
  const read = {
    dialect: "sqlite",
    orm: drizzle({ client: cacheStatements(reader) }),
    t: schema,
  } as unknown as Read;
  const write = { dialect: "sqlite", orm: writeOrm, t: schema } as unknown as Write;

  return {
    ...read,
    transaction: (work) => transact(() => work(write)),
    async probe() {
      try {
        await transact(async () => writer.pragma("user_version = 0"));
        return { ok: true, sentence: `SQLite at ${file} answers and can be written.` };
      } catch (error) {
        return { ok: false, sentence: `SQLite at ${file} cannot be written: ${(error as Error).message}.` };
      }
    },
    async close() {
      // Whatever was handed in before is written first.
      await transact(async () => undefined).catch(() => undefined);
      reader.close();
      writer.close();
    },
  };
}

/** Web and worker start together and drizzle takes no lock: whoever loses the race sees on the next try that all is done. */
async function migratePatiently(run: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return run();
    } catch (error) {
      const sentence = String((error as Error).cause ?? error);
      if (tries >= 100 || !/SQLITE_BUSY|locked|already exists|UNIQUE/.test(sentence)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function begin(connection: SQLite.Database): Promise<void> {
  for (let waited = 0; ; waited += writeLockRetry) {
    try {
      connection.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      const busy = (error as { code?: string }).code?.startsWith("SQLITE_BUSY");
      if (!busy || waited >= writeLockPatience) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, writeLockRetry));
  }
}
