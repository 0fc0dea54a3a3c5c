import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSqlite, type TestDatabase } from "#lib/db/testing/openTestDatabase.ts";
import { startSandbox, type Sandbox } from "../sandbox/startSandbox.ts";
import { playMonth } from "./playMonth.ts";
import { faultsOf } from "./printMonth.ts";

let database: TestDatabase;
let sandbox: Sandbox;

beforeAll(async () => {
  [database, sandbox] = await Promise.all([openTestSqlite(), startSandbox({ documents: [] })]);
});
afterAll(async () => {
  await database.drop();
  await sandbox.stop();
});

test("a month of drift leads to what it should and to nothing else", { timeout: 600_000 }, async () => {
  const played = await playMonth(database.db, sandbox);
  expect(played.flatMap(faultsOf)).toEqual([]);
});
