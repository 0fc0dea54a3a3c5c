import { expect, test } from "vitest";
import { newPostgresDatabase } from "#lib/db/testing/newPostgresDatabase.ts";
import { killWorker } from "./killWorker.ts";

const small = { kills: 3, clients: 120, changesPerWave: 3, random: Math.random };
const sound = { kills: 3, changed: 9, lost: 0, doubled: 0, falseAlarms: 0, journalFault: undefined };
const server = process.env["TEST_PG_URL"];

test(
  "a worker that is killed in the middle loses nothing and tells nothing twice: SQLite",
  {
    timeout: 180_000,
  },
  async () => {
    expect(await killWorker({ ...small, databaseEnv: {} })).toMatchObject(sound);
  },
);

test.skipIf(!server)("the same on PostgreSQL", { timeout: 180_000 }, async () => {
  const { url: ROLLCALL_DATABASE_URL, drop } = await newPostgresDatabase(server ?? "");
  try {
    expect(await killWorker({ ...small, databaseEnv: { ROLLCALL_DATABASE_URL } })).toMatchObject(sound);
  } finally {
    await drop();
  }
});
