import SQLite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheStatements } from "./cacheStatements.ts";

let connection: SQLite.Database;
let prepared: string[];
let cached: SQLite.Database;
beforeEach(() => {
  connection = new SQLite(":memory:");
  connection.exec("create table word (text text, length integer)");
  prepared = [];
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (text: string) => {
    prepared.push(text);
    return prepare(text);
  };
  cached = cacheStatements(connection);
});
afterEach(() => connection.close());

const all = "select * from word order by length";

test("a text is prepared once", () => {
  for (const word of ["a", "bb", "ccc"])
    cached.prepare("insert into word values (?, ?)").run(word, word.length);
  expect(prepared).toHaveLength(1);
  expect(cached.prepare("select count(*) as count from word").get()).toEqual({ count: 3 });
});

test("rows as arrays do not turn the rows as objects into arrays", () => {
  cached.prepare("insert into word values (?, ?)").run("a", 1);
  expect(cached.prepare(all).raw().all()).toEqual([["a", 1]]);
  expect(cached.prepare(all).all()).toEqual([{ text: "a", length: 1 }]);
  expect(cached.prepare(all).raw().get()).toEqual(["a", 1]);
  expect(prepared.filter((text) => text === all)).toHaveLength(2);
});

test("a statement outlives a change of the schema", () => {
  expect(cached.prepare(all).all()).toEqual([]);
  connection.exec("alter table word add column language text");
  cached.prepare("insert into word values (?, ?, ?)").run("a", 1, "en");
  expect(cached.prepare(all).all()).toEqual([{ text: "a", length: 1, language: "en" }]);
});

test("the cache does not grow without end", () => {
  for (let number = 0; number < 1_200; number++)
    expect(cached.prepare(`select ${number} as number`).get()).toEqual({ number });
  cached.prepare("select 1199 as number").get();
  cached.prepare("select 0 as number").get();
  expect(prepared).toHaveLength(1_201);
});

test("everything else is the connection's own", () => {
  cached.exec("insert into word values ('a', 1)");
  expect(cached.inTransaction).toBe(false);
  expect(cached.pragma("foreign_keys", { simple: true })).toBe(1);
});
