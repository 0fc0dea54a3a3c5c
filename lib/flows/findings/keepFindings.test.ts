import { afterEach, beforeEach, expect, test } from "vitest";
import type { Cause, Look } from "#lib/core/finding/Finding.ts";
import { day, hour, minute } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update, type Row } from "#lib/db/rows.ts";
import { sampleClient } from "#lib/views/testing/sampleClients.ts";
import { keepFindings } from "./keepFindings.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { addTeam } from "#lib/flows/testing/stage.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";

const redirect = "https://elsewhere.example/cb";

function cause(part: Partial<Cause> = {}): Cause {
  return {
    rule: "drift.redirect-added-new-site",
    severity: "high",
    effect: "growth",
    message: `A redirect to another site was added: ${redirect}`,
    path: "/redirect_uris/1",
    after: redirect,
    value: redirect,
    ...part,
  };
}

eachDatabase((open) => {
  let database: TestDatabase;
  let ctx: TestContext;
  let team: string;
  beforeEach(async () => {
    database = await open();
    ctx = await openTestContext(database.db);
    team = await addTeam(ctx, "AI Platform");
    await ctx.db.transaction(async (tx) => {
      for (const id of ["a", "b", "c", "d"])
        await sampleClient(tx, id, `https://vendor.example/t/${id}/client.json`, { ownerTeamId: team });
    });
  });
  afterEach(async () => {
    await ctx.close();
    await database.drop();
  });

  async function look(causes: readonly Cause[], id = "a", kind: Look = "document"): Promise<void> {
    await ctx.db.transaction(async (tx) => keepFindings(ctx, tx, await requireClient(tx, id), kind, causes));
  }
  const findings = async () =>
    (await findAll(ctx.db, "finding")).sort((one, other) => one.number - other.number);
  const only = async (): Promise<Row<"finding">> => {
    const [first, ...more] = await findings();
    if (!first || more.length > 0) throw new Error("Not exactly one finding.");
    return first;
  };
  const events = async () =>
    (await findAll(ctx.db, "outbox"))
      .sort((one, other) => one.id.localeCompare(other.id))
      .map(({ topic, payload }) => {
        const { number } = (payload as { detail: { number: number } }).detail;
        return `${topic} ${number}`;
      });

  test("a cause opens one finding and one event, however often it is looked at", async () => {
    await look([cause()]);
    await look([cause()]);
    await look([cause(), cause({ severity: "medium" })]);
    const finding = await only();
    expect(finding).toMatchObject({
      number: 1,
      generation: 1,
      state: "open",
      severity: "high",
      clientRowId: "a",
      host: "vendor.example",
      snapshotId: "a-s1",
      members: 1,
      before: null,
      after: redirect,
      firstSeenAt: start,
      acknowledgeBy: start + 4 * hour,
      decideBy: start + day,
      proposal: null,
    });
    expect(await events()).toEqual(["finding.opened 1"]);
    const [event] = await findAll(ctx.db, "outbox");
    expect(event?.payload).toMatchObject({
      subject: { kind: "finding", id: finding.id, name: "F-1" },
      detail: {
        number: 1,
        rule: "drift.redirect-added-new-site",
        severity: "high",
        state: "open",
        client: { id: "a", clientId: "https://vendor.example/t/a/client.json" },
        ownerTeamId: team,
        members: 1,
      },
    });
  });

  test("a look that is killed before its end leaves nothing, and opens once when it is repeated", async () => {
    const killed = ctx.db.transaction(async (tx) => {
      await keepFindings(ctx, tx, await requireClient(tx, "a"), "document", [cause()]);
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await findings()).toEqual([]);
    await look([cause()]);
    expect(await events()).toEqual(["finding.opened 1"]);
  });

  test("a cause that is gone twice in a row resolves its finding; once only makes it looked at again", async () => {
    await look([cause()]);
    await look([]);
    expect(await only()).toMatchObject({ state: "open", clearedTimes: 1 });
    expect(await find(ctx.db, "client", { id: "a" })).toMatchObject({ unsettled: true });
    await look([cause()]);
    expect(await only()).toMatchObject({ state: "open", clearedTimes: 0 });
    expect(await find(ctx.db, "client", { id: "a" })).toMatchObject({ unsettled: null });
    await look([]);
    await look([]);
    expect(await only()).toMatchObject({ state: "resolved", resolvedAt: start });
    expect(await find(ctx.db, "client", { id: "a" })).toMatchObject({ unsettled: null });
    expect(await events()).toEqual(["finding.opened 1", "finding.resolved 1"]);
  });

  test("a look settles only what it can see", async () => {
    await look([cause()]);
    await look([cause({ rule: "reach.unreachable", value: "" })], "a", "reach");
    await look([], "a", "time");
    await look([], "a", "time");
    await look([], "a", "reach");
    await look([cause()]);
    expect(await find(ctx.db, "client", { id: "a" })).toMatchObject({ unsettled: true });
    await look([], "a", "reach");
    expect((await findings()).map(({ state }) => state)).toEqual(["open", "resolved"]);
  });

  test("within 30 days a cause comes back as the same finding, later as its next generation", async () => {
    await look([cause()]);
    await look([]);
    await look([]);
    ctx.pass(30 * day);
    await look([cause()]);
    expect(await only()).toMatchObject({
      state: "open",
      regressions: 1,
      regressedAt: start + 30 * day,
      resolvedAt: null,
      decideBy: start + 31 * day,
    });
    await look([]);
    await look([]);
    ctx.pass(30 * day + 1);
    await look([cause()]);
    expect((await findings()).map(({ generation, state }) => [generation, state])).toEqual([
      [1, "resolved"],
      [2, "open"],
    ]);
    expect(await events()).toEqual([
      "finding.opened 1",
      "finding.resolved 1",
      "finding.regressed 1",
      "finding.resolved 1",
      "finding.opened 2",
    ]);
  });

  test("a severity that grows brings its deadlines forward and voids a proposal; one that falls gives time", async () => {
    await look([cause()]);
    const id = (await only()).id;
    const proposal = {
      kind: "dismiss",
      reason: "expected_change",
      note: "Meant.",
      by: "x",
      at: start,
    } as const;
    await ctx.db.transaction((tx) => update(tx, "finding", { id }, { proposal }));
    ctx.pass(hour);
    await look([cause({ severity: "critical" })]);
    expect(await only()).toMatchObject({
      severity: "critical",
      acknowledgeBy: start + 90 * minute,
      decideBy: start + 5 * hour,
      proposal: null,
      revision: 2,
    });
    await look([cause({ severity: "medium" })]);
    expect(await only()).toMatchObject({ acknowledgeBy: start + day, decideBy: start + 7 * day });
  });

  test("the third client of a host within a day makes one finding about the host, which alone speaks from then on", async () => {
    for (const id of ["a", "b", "c", "d"]) {
      await look([cause({ value: `https://vendor.example/t/${id}/new` })], id);
      ctx.pass(hour);
    }
    const [a, b, c, parent, d] = await findings();
    expect(parent).toMatchObject({ clientRowId: null, host: "vendor.example", members: 4, severity: "high" });
    expect(parent?.message).toContain("The same at 4 clients of vendor.example");
    for (const child of [a, b, c, d]) expect(child?.parentId).toBe(parent?.id);
    expect(await events()).toEqual(["finding.opened 1", "finding.opened 2", "finding.opened 4"]);
    for (const id of ["a", "b", "c", "d"]) {
      await look([], id);
      await look([], id);
    }
    expect((await findings()).map(({ state, members }) => [state, members])).toEqual([
      ["resolved", 1],
      ["resolved", 1],
      ["resolved", 1],
      ["resolved", 1],
      ["resolved", 1],
    ]);
    expect((await events()).slice(3)).toEqual(["finding.resolved 4"]);
    ctx.pass(day);
    for (const id of ["a", "b", "c"])
      await look([cause({ value: `https://vendor.example/t/${id}/new` })], id);
    expect((await events()).slice(4)).toEqual([
      "finding.regressed 1",
      "finding.regressed 2",
      "finding.regressed 4",
    ]);
    expect((await findings())[3]).toMatchObject({ state: "open", members: 3, regressions: 1 });
  });

  test("one that comes back counts for its host again, and stands when the others are gone", async () => {
    const own = (id: string) => [cause({ value: `https://vendor.example/t/${id}/new` })];
    for (const id of ["a", "b", "c"]) await look(own(id), id);
    await look([], "a");
    await look([], "a");
    await look(own("a"), "a");
    expect((await findings())[3]).toMatchObject({ state: "open", members: 3 });
    for (const id of ["b", "c"]) {
      await look([], id);
      await look([], id);
    }
    expect((await findings())[3]).toMatchObject({ clientRowId: null, state: "open", members: 1 });
    await look([], "a");
    await look([], "a");
    expect((await findings())[3]).toMatchObject({ state: "resolved" });
  });

  test("what was decided about a host decides nothing about what begins at another client of it later", async () => {
    const own = (id: string) => [cause({ value: `https://vendor.example/t/${id}/new` })];
    for (const id of ["a", "b", "c"]) await look(own(id), id);
    const { id: parentId } = (await findings())[3] ?? { id: "" };
    await ctx.db.transaction((tx) =>
      update(tx, "finding", { id: parentId }, { state: "dismissed", decidedAt: ctx.clock() }),
    );
    ctx.pass(2 * day);
    await look(own("d"), "d");
    expect((await findings())[4]).toMatchObject({ clientRowId: "d", state: "open", parentId: null });
    expect((await events()).at(-1)).toBe("finding.opened 5");
  });

  test("a proposal is about what it was made for", async () => {
    await look([cause({ value: "/client_name", after: "Two" })]);
    const proposal = { kind: "dismiss", reason: "expected_change", note: "Known.", by: "p", at: 0 } as const;
    await ctx.db.transaction((tx) => update(tx, "finding", {}, { proposal }));
    await look([cause({ value: "/client_name", after: "Two" })]);
    expect((await only()).proposal).toEqual(proposal);
    const { revision } = await only();
    await look([cause({ value: "/client_name", after: "Three" })]);
    expect(await only()).toMatchObject({ state: "open", proposal: null, revision: revision + 1 });
  });

  test("looks at many clients of a host at once make one finding about it, and one number each", async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `x${index}`);
    await ctx.db.transaction(async (tx) => {
      for (const id of ids) await sampleClient(tx, id, `https://busy.example/t/${id}/client.json`);
    });
    await Promise.all(ids.map((id) => look([cause()], id)));
    const rows = await findings();
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 9 }, (_, index) => index + 1));
    const parents = rows.filter(({ clientRowId }) => clientRowId === null);
    expect(parents).toMatchObject([{ members: 8, host: "busy.example" }]);
    expect(rows.filter(({ parentId }) => parentId === parents[0]?.id)).toHaveLength(8);
    expect(await events()).toHaveLength(3);
    await Promise.all(ids.map((id) => look([], id)));
    await Promise.all(ids.map((id) => look([], id)));
    expect((await findings()).every(({ state }) => state === "resolved")).toBe(true);
    expect(await events()).toHaveLength(4);
  });

  test("causes that are more than a day apart, or differ, stay on their own", async () => {
    await look([cause()], "a");
    ctx.pass(day);
    await look([cause()], "b");
    await look([cause()], "c");
    await look([cause({ value: "https://other.example/cb" })], "d");
    expect((await findings()).map(({ parentId }) => parentId)).toEqual([null, null, null, null]);
  });
});
