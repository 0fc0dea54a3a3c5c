import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Write } from "./Database.ts";
import { dueClients } from "./queries/dueClients.ts";
import { insert, type NewRow } from "./rows.ts";
import { eachDatabase, type TestDatabase } from "./testing/eachDatabase.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  beforeEach(async () => {
    home = await open();
  });
  afterEach(() => home.drop());

  const client = (id: string, nextFetchAt: number): NewRow<"client"> => ({
    id,
    clientId: `https://${id}.example.com/client.json`,
    host: `${id}.example.com`,
    domain: "example.com",
    name: id,
    profile: "ietf",
    lifecycle: "approved",
    lifecycleAt: 1,
    sync: "in_sync",
    riskTier: "high",
    riskReasons: [],
    selfApproved: false,
    failures: 0,
    nextFetchAt,
    createdAt: 1,
    updatedAt: 1,
    revision: 1,
  });

  test("who is due is asked again and again, and PostgreSQL reads the question once", async () => {
    const { db } = home;
    await db.transaction((tx) => insert(tx, "client", client("b", 20), client("a", 10), client("c", 30)));
    const ask = async (tx: Write, now: number, claims?: { dueFrom: number; dueTo: number }[]) =>
      (await dueClients(tx, now, 2, claims)).map(({ id, dueAt, isSteady }) => [id, dueAt, isSteady]);
    await db.transaction(async (tx) => {
      expect(await ask(tx, 15)).toEqual([["a", 10, true]]);
      expect(await ask(tx, 30)).toEqual([
        ["a", 10, true],
        ["b", 20, true],
      ]);
      expect(await ask(tx, 30, [{ dueFrom: 10, dueTo: 20 }])).toEqual([["c", 30, true]]);
      if (tx.dialect === "postgres") expect(await keptStatements(tx)).toHaveLength(2);
    });
  });
});

async function keptStatements(tx: Write): Promise<unknown[]> {
  const names = { name: sql<string>`name` };
  return tx.orm
    .select(names)
    .from(sql`pg_prepared_statements`)
    .where(sql`name like 'due clients 2 %'`);
}
