import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day, hour } from "#lib/core/Instant.ts";
import { insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import {
  sampleClient,
  sampleNow as now,
  samplePerson,
  sampleTeam,
} from "#lib/views/testing/sampleClients.ts";
import { unreachable, type UnreadShow } from "./unreachable.ts";

eachDatabase((open) => {
  let base: TestDatabase;
  let mara: PersonActor;
  let rui: PersonActor;
  let otto: PersonActor;

  beforeAll(async () => {
    base = await open();
    await base.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "Agents");
      mara = await samplePerson(tx, "mara", "member", ["t1"]);
      rui = await samplePerson(tx, "rui", "reviewer");
      otto = await samplePerson(tx, "otto", "auditor", ["t1"]);
      const out = (sync: "challenged" | "unreachable" | "gone", days: number, more = {}) => ({
        sync,
        failures: 4,
        failingSince: now - days * day,
        lastOutcome: sync === "challenged" ? ("challenged" as const) : ("timeout" as const),
        ...more,
      });
      await sampleClient(tx, "fine", "https://fine.example/c");
      await sampleClient(tx, "wall", "https://wall.example/c", out("challenged", 9, { ownerTeamId: "t1" }));
      await sampleClient(tx, "new", "https://new.example/c", out("challenged", 1, { liveSnapshotId: null }));
      await sampleClient(tx, "gone", "https://gone.example/c", out("gone", 20));
      await sampleClient(tx, "vouched", "https://vouched.example/c", out("unreachable", 30));
      await sampleClient(tx, "stale", "https://stale.example/c", out("unreachable", 40));
      await sampleClient(tx, "ended", "https://ended.example/c", out("gone", 90, { lifecycle: "retired" }));
      for (let each = 0; each < 5; each++)
        await sampleClient(tx, `many${each}`, `https://many.example/${each}`, out("unreachable", 3 + each));
      for (const [client, state, inDays] of [
        ["vouched", "attested", 12],
        ["stale", "attested", -2],
        ["new", "waiting", null],
        ["wall", "refused", null],
      ] as const)
        await insert(tx, "attestation", {
          id: `att-${client}`,
          clientRowId: client,
          snapshotId: `${client}-s1`,
          state,
          note: "",
          uploadedBy: "mara",
          uploadedAt: now - 18 * day,
          decidedAt: state === "waiting" ? null : now - 17 * day,
          renewBy: inDays === null ? null : now + inDays * day,
          revision: 1,
        });
      for (const [outcome, hours] of [
        ["ok", 300],
        ["challenged", 20],
      ] as const)
        await insert(tx, "fetchLog", {
          id: `log-${outcome}`,
          clientRowId: "wall",
          url: "https://wall.example/c",
          kind: "document",
          outcome,
          sentence: "",
          milliseconds: 1,
          bytes: 1,
          at: now - hours * hour,
        });
    });
  });
  afterAll(() => base.drop());

  const ask = (show: UnreadShow = "all", more: { q?: string; host?: string } = {}, person = mara) =>
    unreachable(base.db, now, person, { show, q: "", offset: 0, limit: 50, ...more });
  const names = async (...asked: Parameters<typeof ask>) =>
    (await ask(...asked)).rows.map((row) =>
      row.kind === "host" ? `${row.group.host} ×${row.group.clients}` : `${row.line.id} ${row.line.copy}`,
    );

  test("the longest first, many of one host as one", async () => {
    expect(await names()).toEqual([
      "stale overdue",
      "vouched attested",
      "gone last_good",
      "wall last_good",
      "many.example ×5",
      "new waiting",
    ]);
    expect((await ask()).counts).toEqual({
      all: 10,
      challenged: 2,
      unreachable: 7,
      gone: 1,
      never_fetched: 0,
      waiting: 2,
    });
    expect(await names("all", { host: "many.example" })).toHaveLength(5);
    expect(await names("waiting")).toEqual(["stale overdue", "new waiting"]);
    expect(await names("all", { q: "agents" })).toEqual(["wall last_good"]);
  });

  test("says what stands in, and what to do", async () => {
    const rows = (await ask()).rows.flatMap((row) => (row.kind === "client" ? [row.line] : []));
    const line = (id: string) => rows.find((each) => each.id === id);
    expect(line("wall")).toMatchObject({ lastGoodAt: now - 300 * hour, snapshot: 1, renewBy: null });
    expect(line("vouched")).toMatchObject({ lastGoodAt: now - 17 * day, renewBy: now + 12 * day });
    expect(line("new")?.advice.todo).toMatch(/compare it/);
    expect(line("gone")?.advice.todo).toMatch(/retire it/);
  });

  test("offers an upload to who looks after the client", async () => {
    const may = async (person: PersonActor) =>
      (await ask("challenged", {}, person)).rows.map((row) => row.kind === "client" && row.line.mayUpload);
    expect(await may(mara)).toEqual([true, false]);
    expect(await may(rui)).toEqual([true, true]);
    expect(await may(otto)).toEqual([false, false]);
  });
});
