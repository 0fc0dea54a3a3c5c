import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { groupCommit } from "./groupCommit.ts";

let folder: string;
let writer: SQLite.Database;
let reader: SQLite.Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-group-"));
  writer = new SQLite(join(folder, "db.sqlite"));
  writer.pragma("journal_mode = WAL");
  writer.pragma("foreign_keys = ON");
  writer.exec("create table word (text text primary key)");
  writer.exec("create table echo (of text not null references word (text) deferrable initially deferred)");
  reader = new SQLite(join(folder, "db.sqlite"), { readonly: true });
});
afterEach(() => {
  reader.close();
  writer.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = () =>
  groupCommit(writer, async () => {
    writer.exec("BEGIN IMMEDIATE");
  });
const write = (text: string) => writer.prepare("insert into word values (?)").run(text);
const committed = () => reader.prepare("select text from word order by text").pluck().all();

test("what waits is committed together, each with its own result", async () => {
  const transact = open();
  const results = await Promise.all(
    ["a", "b", "c"].map((text) =>
      transact(async () => {
        write(text);
        // Nothing of the group is visible outside before its end.
        return committed().length;
      }),
    ),
  );
  expect(results).toEqual([0, 0, 0]);
  expect(committed()).toEqual(["a", "b", "c"]);
});

test("one that fails among those that wait leaves nothing, and the others are kept", async () => {
  const transact = open();
  const outcomes = await Promise.allSettled([
    transact(async () => write("a")),
    transact(async () => {
      write("half");
      await Promise.resolve();
      throw new Error("no");
    }),
    transact(async () => write("a")),
    transact(async () => write("b")),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  expect(committed()).toEqual(["a", "b"]);
});

test("nothing is acknowledged before the commit", async () => {
  const transact = open();
  const acknowledged: string[] = [];
  let seen: unknown;
  await Promise.all([
    transact(async () => write("a")).then(() => acknowledged.push(...(committed() as string[]))),
    transact(async () => {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      seen = [...acknowledged];
      write("b");
    }),
  ]);
  expect(seen).toEqual([]);
  expect(acknowledged).toEqual(["a", "b"]);
});

test("a commit that fails rejects all of its group and keeps nothing; the next one goes well", async () => {
  const transact = open();
  const outcomes = await Promise.allSettled([
    transact(async () => write("a")),
    transact(async () => writer.prepare("insert into echo values ('nobody')").run()),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
  expect(String((outcomes[0] as PromiseRejectedResult).reason)).toMatch("FOREIGN KEY");
  expect(committed()).toEqual([]);
  await transact(async () => write("b"));
  expect(committed()).toEqual(["b"]);
});

test("a transaction that ends on its own takes the work before it along, and says so", async () => {
  const transact = open();
  const outcomes = await Promise.allSettled([
    transact(async () => write("a")),
    transact(async () => {
      // What SQLite itself does when the disk is full.
      writer.exec("ROLLBACK");
      throw new Error("full");
    }),
    transact(async () => write("c")),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(committed()).toEqual(["c"]);
});

test("a lock that cannot be had rejects one and is tried again for the next", async () => {
  let tries = 0;
  const transact = groupCommit(writer, async () => {
    if (++tries === 1) throw new Error("busy");
    writer.exec("BEGIN IMMEDIATE");
  });
  const outcomes = await Promise.allSettled([
    transact(async () => write("a")),
    transact(async () => write("b")),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "fulfilled"]);
  expect(committed()).toEqual(["b"]);
});
