import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { clientKeys } from "./clientKeys.ts";
import { keyList, type KeyShow, type KeySort } from "./keyList.ts";
import {
  sampleClient,
  sampleNow as now,
  samplePerson,
  sampleTeam,
} from "#lib/views/testing/sampleClients.ts";

eachDatabase((open) => {
  let base: TestDatabase;
  let made = 0;
  let mara: PersonActor;

  beforeAll(async () => {
    base = await open();
    await base.db.transaction(async (tx) => {
      const key = (clientRowId: string, jkt: string, days: number, more: Partial<NewRow<"clientKey">> = {}) =>
        insert(tx, "clientKey", {
          id: `key${made++}`,
          clientRowId,
          jkt,
          kid: `kid-${jkt}`,
          kind: "EC P-256",
          firstSeenAt: now - days * day,
          lastSeenAt: now,
          ...more,
        });
      const gone = (days: number) => ({ removedAt: now - days * day, lastSeenAt: now - days * day });
      await sampleTeam(tx, "t1", "Agents");
      mara = await samplePerson(tx, "mara", "member", ["t1"]);
      await sampleClient(tx, "tide", "https://tide.example/c", { ownerTeamId: "t1", name: "Tide\u202e" });
      await sampleClient(tx, "reef", "https://reef.example/c", { name: "Reef" });
      await sampleClient(tx, "old", "https://old.example/c", { name: "Old", lifecycle: "retired" });
      await key("tide", "aaa", 100, gone(41));
      await key("tide", "bbb", 50);
      await key("reef", "ccc", 200);
      await key("reef", "ddd", 190, gone(5));
      await key("reef", "bbb", 5);
      await key("reef", "eee", 400, gone(300));
      await key("old", "fff", 400);
      for (const [id, jkt, inDays] of [
        ["n1", "next", 9],
        ["n2", "late", -9],
      ] as const)
        await insert(tx, "announcement", {
          id,
          clientRowId: "tide",
          jkt,
          note: "",
          expectedBy: now + inDays * day,
          announcedBy: "mara",
          at: now - 20 * day,
        });
    });
  });
  afterAll(() => base.drop());

  const list = (show: KeyShow = "used", q = "", sort: KeySort = "urgency", descending = false) =>
    keyList(base.db, now, mara, { show, q, sort, descending, offset: 0, limit: 100 });
  const names = async (...ask: Parameters<typeof list>) =>
    (await list(...ask)).lines.map(({ clientRowId, jkt, state }) => `${clientRowId} ${jkt} ${state}`);

  test("the most urgent first", async () => {
    expect(await names()).toEqual([
      "tide late missed",
      "tide bbb shared",
      "reef bbb shared",
      "reef ccc waiting",
      "tide next announced",
    ]);
  });

  test.each<[KeyShow, string[]]>([
    ["look", ["tide late missed", "tide bbb shared", "reef bbb shared"]],
    ["shared", ["tide bbb shared", "reef bbb shared"]],
    ["announced", ["tide late missed", "tide next announced"]],
    ["removed", ["reef ddd retired", "tide aaa retired"]],
    ["overdue", []],
    ["leaked", []],
    ["missed", []],
  ])("shows %s", async (show, expected) => {
    expect(await names(show)).toEqual(expected);
    expect((await list()).counts[show]).toBe(expected.length);
  });

  test("is searched by client, owner, kid and thumbprint, sorted and paged", async () => {
    expect(await names("used", "agents BBB")).toEqual(["tide bbb shared"]);
    expect(await names("used", "kid-ccc")).toEqual(["reef ccc waiting"]);
    expect((await names("used", "", "age"))[0]).toBe("reef ccc waiting");
    expect((await names("used", "", "client", true))[0]).toMatch(/^tide/);
    const page = await keyList(base.db, now, mara, {
      show: "used",
      q: "",
      sort: "urgency",
      descending: false,
      offset: 1,
      limit: 2,
    });
    expect([page.lines.length, page.matching]).toEqual([2, 5]);
    expect((await list()).lines[0]?.clientName).toBe("Tide\\u202E");
    expect((await list()).announceFor.map(({ id }) => id)).toEqual(["tide"]);
  });

  test("the keys of one client, with what is announced", async () => {
    const { keys, announcements, timeline } = await clientKeys(base.db, now, "tide");
    expect(keys.map(({ jkt, state, sharedWith }) => [jkt, state, sharedWith.length])).toEqual([
      ["next", "announced", 0],
      ["late", "missed", 0],
      ["bbb", "shared", 1],
      ["aaa", "retired", 0],
    ]);
    expect(announcements).toMatchObject([
      { jkt: expect.any(String) as string, announcedBy: "Mara" },
      { announcedBy: "Mara" },
    ]);
    expect(timeline.overlaps).toMatchObject([{ missed: false }]);
  });

  test("ten thousand keys are one list", async () => {
    await base.db.transaction(async (tx) => {
      const rows: NewRow<"clientKey">[] = [];
      for (let client = 0; client < 100; client++) {
        await sampleClient(tx, `many${client}`, `https://h${client}.example/c`);
        for (let key = 0; key < 100; key++)
          rows.push({
            id: `many${client}-${key}`,
            clientRowId: `many${client}`,
            jkt: `jkt-${client}-${key}`,
            kind: "EC P-256",
            firstSeenAt: now - (key + (client % 50)) * day,
            lastSeenAt: now,
          });
      }
      for (let from = 0; from < rows.length; from += 1_000)
        await insert(tx, "clientKey", ...rows.slice(from, from + 1_000));
    });
    expect(await list()).toMatchObject({ matching: 10_005, counts: { used: 10_005 } });
  });
});
