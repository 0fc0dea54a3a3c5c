import { statSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eachDatabase, type TestDatabase } from "./testing/eachDatabase.ts";
import * as rows from "./rows.ts";
import { together } from "./together.ts";
import { openDatabase } from "./openDatabase.ts";
import { join } from "node:path";

eachDatabase((open, dialect) => {
  let home: TestDatabase;
  beforeEach(async () => {
    home = await open();
  });
  afterEach(() => home.drop());

  const insert = (id: string) =>
    home.db.transaction((tx) =>
      tx.orm
        .insert(tx.t.team)
        .values({ id, name: id, createdAt: 1 })
        .then(() => undefined),
    );

  test("a transaction commits what it did", async () => {
    await insert("a");
    expect(await home.db.orm.select().from(home.db.t.team)).toEqual([{ id: "a", name: "a", createdAt: 1 }]);
  });

  test("a transaction that throws leaves nothing", async () => {
    const work = home.db.transaction(async (tx) => {
      await tx.orm.insert(tx.t.team).values({ id: "a", name: "a", createdAt: 1 });
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await home.db.orm.select().from(home.db.t.team)).toEqual([]);
  });

  test.runIf(dialect === "sqlite" && process.platform !== "win32")(
    "nobody else reads the file or its log",
    async () => {
      await insert("a");
      for (const file of [home.url, `${home.url}-wal`, `${home.url}-shm`])
        expect(statSync(file).mode & 0o077, file).toBe(0);
    },
  );

  test("two processes that count in the same row lose nothing", async () => {
    const other = await openDatabase(home.url, join(import.meta.dirname, "../../drizzle"));
    await home.db.transaction((tx) =>
      tx.orm
        .insert(tx.t.journalHead)
        .values({ id: "h", seq: 0, hash: "" })
        .then(() => undefined),
    );
    const increment = (db: typeof other) =>
      db.transaction(async (tx) => {
        const [row] = await tx.orm.select().from(tx.t.journalHead);
        await tx.orm.update(tx.t.journalHead).set({ seq: (row?.seq ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 40 }, (_, i) => increment(i % 2 ? other : home.db)));
    await other.close();
    expect((await home.db.orm.select().from(home.db.t.journalHead))[0]?.seq).toBe(40);
  });

  test("what transactions send together fails as a whole and is tried again", async () => {
    const other = await openDatabase(home.url, join(import.meta.dirname, "../../drizzle"));
    const names = ["a", "b", "c"];
    await home.db.transaction((tx) =>
      together(names.map((id) => rows.insert(tx, "journalHead", { id, seq: 0, hash: "" }))),
    );
    const increment = (db: typeof other) =>
      db.transaction(async (tx) => {
        const known = await together(names.map((id) => rows.find(tx, "journalHead", { id })));
        await together(
          known.map((row) => rows.update(tx, "journalHead", { id: row?.id }, { seq: (row?.seq ?? 0) + 1 })),
        );
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => increment(i % 2 ? other : home.db)));
    await other.close();
    const counted = await rows.findAll(home.db, "journalHead");
    expect(counted.map(({ seq }) => seq)).toEqual([20, 20, 20]);
  });

  test.runIf(dialect === "postgres")("what comes after a transaction has ended is refused", async () => {
    let late: Promise<unknown> = Promise.resolve();
    const failing = home.db.transaction(async (tx) => {
      late = Promise.resolve()
        .then(() => new Promise((resolve) => setImmediate(resolve)))
        .then(() => failing.catch(() => undefined))
        .then(() => rows.insert(tx, "team", { id: "late", name: "late", createdAt: 1 }));
      late.catch(() => undefined);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await expect(late).rejects.toThrow("The transaction has ended.");
    expect(await rows.findAll(home.db, "team")).toEqual([]);
  });

  test("what fails together throws what failed first, when all of it has ended", async () => {
    const ended: string[] = [];
    const after = (turns: number, name: string, fails: boolean) =>
      (async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        ended.push(name);
        if (fails) throw new Error(name);
      })();
    const work = together([after(9, "last", true), after(3, "first", true), after(20, "fine", false), false]);
    await expect(work).rejects.toThrow("first");
    expect(ended).toEqual(["first", "last", "fine"]);
  });

  test("JSON, flags, bytes and instants come back as they went in", async () => {
    const at = 1_795_000_000_123;
    await home.db.transaction(async (tx) => {
      await tx.orm
        .insert(tx.t.outbox)
        .values({ id: "o", topic: "t", payload: { a: ["ü", null, 1.5] }, at, attempts: 0 });
      await tx.orm
        .insert(tx.t.allowlistObject)
        .values({ sha: "s", body: "{}", gzip: new Uint8Array([0, 255, 7]), createdAt: at });
    });
    const [line] = await home.db.orm.select().from(home.db.t.outbox);
    expect(line).toMatchObject({ payload: { a: ["ü", null, 1.5] }, at, deliveredAt: null });
    const [object] = await home.db.orm.select().from(home.db.t.allowlistObject);
    expect([...(object?.gzip ?? [])]).toEqual([0, 255, 7]);
  });

  test("the database says that it can be written", async () => {
    expect(await home.db.probe()).toMatchObject({ ok: true });
  });
});
