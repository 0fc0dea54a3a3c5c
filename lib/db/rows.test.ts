import { afterEach, beforeEach, expect, test } from "vitest";
import { findByIds } from "./byIds.ts";
import { find, findAll, insert, remove, update, upsert, upsertAll } from "./rows.ts";
import { eachDatabase, type TestDatabase } from "./testing/eachDatabase.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  beforeEach(async () => {
    home = await open();
  });
  afterEach(() => home.drop());

  const person = (id: string, active: boolean, passwordHash: string | null = null) => ({
    id,
    email: `${id}@example.com`,
    name: id,
    role: "member" as const,
    passwordHash,
    active,
    createdAt: 1,
    revision: 1,
  });

  test("one shape of statement serves other values, flags and null among them", async () => {
    const { db } = home;
    await db.transaction((tx) => insert(tx, "person", person("a", true, "x"), person("b", false)));
    await db.transaction((tx) => insert(tx, "person", person("c", false, "y"), person("d", true)));
    const ids = async (where: Parameters<typeof findAll<"person">>[2]) =>
      (await findAll(db, "person", where)).map((row) => row.id).sort();
    expect(await ids({ active: true })).toEqual(["a", "d"]);
    expect(await ids({ active: false })).toEqual(["b", "c"]);
    expect(await ids({ passwordHash: null })).toEqual(["b", "d"]);
    expect(await ids({ passwordHash: "y" })).toEqual(["c"]);
    expect(await ids({})).toEqual(["a", "b", "c", "d"]);
    expect(await find(db, "person", { id: "c" })).toMatchObject(person("c", false, "y"));
    expect(await find(db, "person", { id: "nobody" })).toBeUndefined();
  });

  test("a change says how many rows it changed, and may change what it looks for", async () => {
    const { db } = home;
    await db.transaction((tx) => insert(tx, "person", person("a", true), person("b", true)));
    const change = (where: object, set: object) => db.transaction((tx) => update(tx, "person", where, set));
    expect(await change({ active: true }, { active: false, passwordHash: "x" })).toBe(2);
    expect(await change({ id: "a", active: true }, { name: "A" })).toBe(0);
    expect(await change({ id: "a", active: false }, { name: "A", passwordHash: null })).toBe(1);
    expect(await find(db, "person", { id: "a" })).toMatchObject({
      name: "A",
      passwordHash: null,
      active: false,
    });
    expect(await find(db, "person", { id: "b" })).toMatchObject({ name: "b", passwordHash: "x" });
    expect(await db.transaction((tx) => remove(tx, "person", {}))).toBe(0);
    expect(await db.transaction((tx) => remove(tx, "person", { id: "b" }))).toBe(1);
  });

  test("an upsert inserts once and changes after that, JSON and null included", async () => {
    const { db } = home;
    const line = { id: "o", topic: "t", at: 1, attempts: 0 };
    const put = (row: object) =>
      db.transaction((tx) => upsert(tx, "outbox", "id", { ...line, payload: { a: 1 }, ...row }));
    await put({ leasedUntil: 5 });
    await put({ leasedUntil: null, payload: { a: [null, "ü"] } });
    expect(await findAll(db, "outbox")).toMatchObject([{ payload: { a: [null, "ü"] }, leasedUntil: null }]);
    await put({ leasedUntil: 7 });
    expect(await findAll(db, "outbox")).toMatchObject([{ payload: { a: 1 }, leasedUntil: 7 }]);
  });

  test("many rows are inserted and changed at once, few or many, null and JSON included", async () => {
    const { db } = home;
    const lists = (count: number, heldWithin: string[] | null) =>
      Array.from({ length: count }, (_, n) => ({
        id: `a${n}`,
        slug: `a${n}`,
        name: "",
        isPrivate: true,
        epoch: 1,
        createdAt: n,
        revision: 1,
        heldWithin,
      }));
    const put = (rows: ReturnType<typeof lists>) =>
      db.transaction((tx) => upsertAll(tx, "audience", "id", rows));
    const all = async () =>
      (await findAll(db, "audience")).map(({ id, heldWithin }) => `${id} ${heldWithin}`).sort();
    await put([]);
    await put(lists(3, ["x"]));
    await put(lists(2, null));
    expect(await all()).toEqual(["a0 null", "a1 null", "a2 x"]);
    expect((await findAll(db, "audience", { heldWithin: null })).length).toBe(2);
    await put(lists(40, ["y", "z"]));
    expect((await all()).filter((line) => line.endsWith(" y,z"))).toHaveLength(40);
  });

  test("rows by their ids, however many", async () => {
    const { db } = home;
    const client = (id: string) => ({
      id,
      clientId: `https://${id}.example.com/`,
      host: id,
      domain: "example.com",
      name: id,
      profile: "ietf" as const,
      lifecycle: "discovered" as const,
      lifecycleAt: 0,
      sync: "never_fetched" as const,
      riskTier: "low" as const,
      riskReasons: [],
      selfApproved: false,
      failures: 0,
      createdAt: 0,
      updatedAt: 0,
      revision: 1,
    });
    const ids = Array.from({ length: 230 }, (_, number) => `c${String(number).padStart(3, "0")}`);
    await db.transaction((tx) => insert(tx, "client", ...ids.map(client)));
    for (const some of [[], ["c007"], ids.slice(3, 103), ids])
      expect((await findByIds(db, "client", some)).map((row) => row.id).sort()).toEqual(some);
    expect(await findByIds(db, "client", ["nobody"])).toEqual([]);
  });
});
