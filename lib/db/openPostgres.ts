import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import type { Database, Read, Write } from "./Database.ts";
import { schema } from "./schema.postgres.ts";
import { transactionClient, type TransactionClient } from "./transactionClient.ts";

/** Any number that no other program uses: web and worker start together and only one may migrate. */
const migrationLock = 7_265_636_113;
const retries = 12;

/** Opens a PostgreSQL database and brings it up to date under an advisory lock. Transactions are serialisable and retried. */
export async function openPostgres(url: string, migrationsFolder: string): Promise<Database> {
  // Statements that a transaction sends together go out without waiting for one another's answers.
  const pool = new pg.Pool({ connectionString: url, max: 10, pipeline: true });
  // An idle connection that the server closes must not end the process; the next query reports the outage.
  pool.on("error", () => undefined);
  await migrateOnce(pool, migrationsFolder).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const orm = drizzle({ client: pool });
  const read = { dialect: "postgres", orm, t: schema } as unknown as Read;

  return {
    ...read,
    async transaction(work) {
      for (let tries = 1; ; tries++) {
        const client = transactionClient(await pool.connect());
        try {
          await client.query("begin isolation level serializable");
          const done = await work({ dialect: "postgres", orm: ormOf(client), t: schema } as unknown as Write);
          await client.query("commit");
          return done;
        } catch (error) {
          await client.query("rollback").catch(() => undefined);
          const cause = codeOf(error) === failedBefore ? client.failure() : error;
          if (tries >= retries || !isSerialisationFailure(cause)) throw cause;
        } finally {
          client.release();
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(2 ** tries, 100) * Math.random()));
      }
    },
    async probe() {
      try {
        const answer = await pool.query<{ read_only: string }>(
          "select current_setting('transaction_read_only') as read_only",
        );
        if (answer.rows[0]?.read_only === "on")
          return { ok: false, sentence: "PostgreSQL answers but is read-only." };
        return { ok: true, sentence: "PostgreSQL answers and can be written." };
      } catch (error) {
        return { ok: false, sentence: `PostgreSQL does not answer: ${(error as Error).message}.` };
      }
    },
    close: () => pool.end(),
  };
}

function ormOf(client: TransactionClient) {
  return drizzle({ client: client as unknown as pg.PoolClient });
}

async function migrateOnce(pool: pg.Pool, migrationsFolder: string): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("select pg_advisory_lock($1)", [migrationLock]);
    await migrate(drizzle({ client: connection }), { migrationsFolder });
    await connection.query("select pg_advisory_unlock($1)", [migrationLock]);
  } finally {
    connection.release();
  }
}

/** in_failed_sql_transaction: another statement of the transaction failed, and says why. */
const failedBefore = "25P02";

function codeOf(error: unknown): string | undefined {
  const { cause, code } = error as { cause?: { code?: string }; code?: string };
  return cause?.code ?? code;
}

/** 40001 serialization_failure, 40P01 deadlock_detected; a unique violation can be how PostgreSQL reports a lost race. */
function isSerialisationFailure(error: unknown): boolean {
  const code = codeOf(error);
  return code === "40001" || code === "40P01" || code === "23505";
}
