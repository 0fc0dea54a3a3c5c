import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "#lib/core/Actor.ts";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { day, hour, minute } from "#lib/core/Instant.ts";
import { blockingFinding } from "#lib/db/queries/blockingFinding.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update, type Row } from "#lib/db/rows.ts";
import { sampleClient } from "#lib/views/testing/sampleClients.ts";
import { acknowledgeFinding } from "./acknowledgeFinding.ts";
import { assignFinding } from "./assignFinding.ts";
import { confirmProposal, declineProposal } from "./confirmProposal.ts";
import { dismissFinding } from "./dismissFinding.ts";
import { keepFindings } from "./keepFindings.ts";
import { keepOut, resolveAccepted } from "#lib/flows/review/keepOut.ts";
import { refuseBlocked } from "#lib/flows/review/refuseBlocked.ts";
import { reopenFinding } from "./reopenFinding.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { retireClient } from "#lib/flows/clients/shrinkClient.ts";
import { snoozeFinding } from "./snoozeFinding.ts";
import { tendFindings } from "./tendFindings.ts";
import { addPerson, setStage, type Stage } from "#lib/flows/testing/stage.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { triageFindings } from "./triageFindings.ts";
import { waiveFinding } from "./waiveFinding.ts";

const note = "The vendor told us last week.";
const control = "The redirect host is blocked at the proxy.";

function cause(severity: DriftSeverity = "medium", part: Partial<Cause> = {}): Cause {
  return {
    rule: "drift.redirect-added-new-site",
    severity,
    effect: "growth",
    message: "A redirect to another site was added.",
    path: "/redirect_uris/1",
    after: "https://elsewhere.example/cb",
    value: "https://elsewhere.example/cb",
    ...part,
  };
}

eachDatabase((open) => {
  let database: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    database = await open();
    ctx = await openTestContext(database.db);
    stage = await setStage(ctx);
    await ctx.db.transaction(async (tx) => {
      for (const id of ["a", "b", "c", "d"])
        await sampleClient(tx, id, `https://vendor.example/t/${id}/client.json`, {
          ownerTeamId: stage.platform,
        });
    });
  });
  afterEach(async () => {
    await ctx.close();
    await database.drop();
  });

  async function look(causes: readonly Cause[], id = "a"): Promise<void> {
    await ctx.db.transaction(async (tx) =>
      keepFindings(ctx, tx, await requireClient(tx, id), "document", causes),
    );
  }
  async function finding(number = 1): Promise<Row<"finding">> {
    const row = await find(ctx.db, "finding", { number });
    if (!row) throw new Error(`No finding ${number}.`);
    return row;
  }
  const topics = async () =>
    (await findAll(ctx.db, "outbox"))
      .sort((one, other) => one.id.localeCompare(other.id))
      .map(
        ({ topic, payload }) => [topic, (payload as { detail: { number: number } }).detail.number] as const,
      )
      .filter(([topic]) => topic.startsWith("finding."))
      .map(([topic, number]) => `${topic.slice("finding.".length)} ${number}`);
  const live = (id: string, snapshot: string) =>
    ctx.db.transaction((tx) => update(tx, "client", { id }, { liveSnapshotId: snapshot }));

  test("the owner acknowledges and hands on; the assignee goes on with it", async () => {
    await look([cause()]);
    const nobody = await addPerson(ctx, "Nils", "member", []);
    await expect(acknowledgeFinding(ctx, nobody, { number: 1 })).rejects.toMatchObject({
      code: "not_allowed",
      message: "Only the owner team, a reviewer or an administrator triages this finding.",
    });
    const outcome = await assignFinding(ctx, stage.mara, { number: 1, revision: 1, personId: nobody.id });
    expect(outcome).toEqual({ number: 1, state: "open", revision: 2, proposed: false });
    ctx.pass(minute);
    await acknowledgeFinding(ctx, nobody, { number: 1, revision: 2 });
    expect(await finding()).toMatchObject({
      state: "acknowledged",
      acknowledgedBy: nobody.id,
      acknowledgedAt: start + minute,
      assigneeId: nobody.id,
    });
    await expect(
      dismissFinding(ctx, nobody, { number: 1, reason: "expected_change", note }),
    ).rejects.toMatchObject({ code: "not_allowed" });
    expect(await topics()).toEqual(["opened 1", "assigned 1", "acknowledged 1"]);
  });

  test("another revision is stale; an auditor, and a person who is gone, take nothing", async () => {
    await look([cause()]);
    await expect(acknowledgeFinding(ctx, stage.rui, { number: 1, revision: 7 })).rejects.toMatchObject({
      code: "stale",
    });
    await expect(acknowledgeFinding(ctx, stage.otto, { number: 1 })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(assignFinding(ctx, stage.rui, { number: 1, personId: stage.otto.id })).rejects.toMatchObject(
      { code: "invalid_input", fields: { personId: expect.any(String) } },
    );
    await expect(acknowledgeFinding(ctx, stage.rui, { number: 9 })).rejects.toMatchObject({
      code: "not_found",
      message: "There is no finding F-9.",
    });
  });

  test("an operator's token acknowledges, assigns and snoozes, and decides nothing", async () => {
    const token: Actor = { kind: "token", id: "t", name: "desk", role: "operator", audienceId: null };
    await look([cause()]);
    await acknowledgeFinding(ctx, token, { number: 1 });
    await assignFinding(ctx, token, { number: 1, personId: stage.mara.id });
    await snoozeFinding(ctx, token, { number: 1, until: start + day });
    await expect(
      dismissFinding(ctx, token, { number: 1, reason: "false_positive", note }),
    ).rejects.toMatchObject({ code: "not_allowed" });
    expect(await finding()).toMatchObject({ state: "snoozed", acknowledgedBy: null });
  });

  describe("snoozed", () => {
    test("until a date: it opens again then, with new deadlines, once", async () => {
      await look([cause()]);
      await expect(
        snoozeFinding(ctx, stage.rui, { number: 1, until: start + 91 * day }),
      ).rejects.toMatchObject({ fields: { until: expect.any(String) } });
      await snoozeFinding(ctx, stage.rui, { number: 1, until: new Date(start + 60 * day).toISOString() });
      ctx.pass(60 * day - 1);
      await look([cause()]);
      expect(await tendFindings(ctx)).toBe(0);
      expect((await finding()).state).toBe("snoozed");
      ctx.pass(1);
      expect(await tendFindings(ctx)).toBe(1);
      expect(await tendFindings(ctx)).toBe(0);
      expect(await finding()).toMatchObject({ state: "open", acknowledgeBy: start + 61 * day });
      expect(await topics()).toEqual(["opened 1", "snoozed 1", "reopened 1"]);
    });

    test("until it changes: another live document wakes it, the same one does not", async () => {
      await look([cause()]);
      await snoozeFinding(ctx, stage.rui, { number: 1 });
      ctx.pass(300 * day);
      await tendFindings(ctx);
      await look([cause()]);
      expect((await finding()).state).toBe("snoozed");
      await live("a", "a-s2");
      await look([cause()]);
      expect(await finding()).toMatchObject({ state: "open", snoozedSnapshotId: null, snapshotId: "a-s2" });
    });

    test("a graver cause wakes it", async () => {
      await look([cause()]);
      await snoozeFinding(ctx, stage.rui, { number: 1 });
      await look([cause("high")]);
      expect(await finding()).toMatchObject({ state: "open", severity: "high" });
      expect((await topics()).at(-1)).toBe("reopened 1");
    });
  });

  describe("dismissed", () => {
    test("a medium one by one person; it stays so while the cause stands, and opens when it grows graver", async () => {
      await look([cause()]);
      await dismissFinding(ctx, stage.mara, { number: 1, reason: "expected_change", note });
      await look([cause()]);
      await look([cause("low")]);
      await look([cause("medium")]);
      expect(await finding()).toMatchObject({
        state: "dismissed",
        dismissReason: "expected_change",
        decisionNote: note,
        decidedBy: stage.mara.id,
      });
      await look([cause("high")]);
      expect(await finding()).toMatchObject({ state: "open", dismissReason: null, decidedBy: null });
    });

    test("one whose cause is gone is resolved, and comes back open", async () => {
      await look([cause()]);
      await dismissFinding(ctx, stage.rui, { number: 1, reason: "kept_out", note });
      await look([]);
      await look([]);
      expect((await finding()).state).toBe("resolved");
      await look([cause()]);
      expect(await finding()).toMatchObject({ state: "open", regressions: 1 });
    });

    test("a high one takes a reviewer or administrator who is somebody else", async () => {
      await look([cause("high")]);
      const proposed = await dismissFinding(ctx, stage.rui, {
        number: 1,
        reason: "expected_change",
        note,
      });
      expect(proposed).toMatchObject({ state: "open", proposed: true });
      await expect(confirmProposal(ctx, stage.rui, { number: 1 })).rejects.toMatchObject({
        code: "not_allowed",
        message: "You proposed it, so someone else must confirm it.",
      });
      await expect(confirmProposal(ctx, stage.mara, { number: 1 })).rejects.toMatchObject({
        code: "not_allowed",
      });
      await expect(
        dismissFinding(ctx, stage.sofia, { number: 1, reason: "duplicate", note }),
      ).rejects.toMatchObject({ code: "conflict" });
      const here = (active: boolean) =>
        ctx.db.transaction((tx) => update(tx, "person", { id: stage.rui.id }, { active }));
      await here(false);
      await expect(confirmProposal(ctx, stage.ada, { number: 1 })).rejects.toThrow("is not here any more");
      await here(true);
      await confirmProposal(ctx, stage.ada, { number: 1, revision: proposed.revision });
      expect(await finding()).toMatchObject({
        state: "dismissed",
        decidedBy: stage.rui.id,
        confirmedBy: stage.ada.id,
        proposal: null,
      });
      expect(await topics()).toEqual(["opened 1", "proposed 1", "dismissed 1"]);
    });

    test("a declined proposal leaves the finding as it was", async () => {
      await look([cause("critical")]);
      await dismissFinding(ctx, stage.mara, { number: 1, reason: "false_positive", note });
      await declineProposal(ctx, stage.sofia, { number: 1, note: "It is not." });
      expect(await finding()).toMatchObject({ state: "open", proposal: null });
      await expect(confirmProposal(ctx, stage.rui, { number: 1 })).rejects.toMatchObject({
        code: "conflict",
      });
    });

    test("an installation with one reviewer needs no second", async () => {
      (ctx.config as { solo: boolean }).solo = true;
      await look([cause("critical")]);
      const outcome = await dismissFinding(ctx, stage.rui, { number: 1, reason: "duplicate", note });
      expect(outcome).toMatchObject({ state: "dismissed", proposed: false });
    });

    test("and opened again", async () => {
      await look([cause()]);
      await dismissFinding(ctx, stage.rui, { number: 1, reason: "out_of_scope", note });
      ctx.pass(hour);
      await reopenFinding(ctx, stage.mara, { number: 1, note: "It is in scope." });
      expect(await finding()).toMatchObject({ state: "open", decideBy: start + hour + 7 * day });
    });
  });

  test("a waiver has a control and an end, takes two for a critical one, and ends", async () => {
    await look([cause("critical")]);
    await expect(
      waiveFinding(ctx, stage.rui, { number: 1, control: "none", until: start + day, note }),
    ).rejects.toMatchObject({ fields: { control: expect.any(String) } });
    await expect(
      waiveFinding(ctx, stage.rui, { number: 1, control, until: start + 181 * day, note }),
    ).rejects.toMatchObject({ fields: { until: expect.any(String) } });
    const until = start + 180 * day;
    await waiveFinding(ctx, stage.rui, { number: 1, control, until, note });
    expect(await blockingFinding(ctx.db, "a")).toMatchObject({ number: 1 });
    await expect(refuseBlocked(ctx.db, { kind: "unsuspend", clientRowId: "a" })).rejects.toMatchObject({
      code: "not_ready",
      message: expect.stringContaining("F-1 is critical and stands"),
    });
    await refuseBlocked(ctx.db, { kind: "change", clientRowId: "a" });
    await confirmProposal(ctx, stage.sofia, { number: 1 });
    expect(await finding()).toMatchObject({ state: "waived", control, waivedUntil: until });
    await refuseBlocked(ctx.db, { kind: "unsuspend", clientRowId: "a" });
    await look([cause("critical")]);
    expect((await finding()).state).toBe("waived");
    ctx.pass(180 * day);
    await tendFindings(ctx);
    expect(await finding()).toMatchObject({ state: "open", control: null, waivedUntil: null });
    expect(await topics()).toEqual(["opened 1", "proposed 1", "waived 1", "reopened 1"]);
  });

  test("a missed deadline is told once each", async () => {
    await look([cause("high")]);
    for (const pass of [4 * hour - 1, 1, hour, 19 * hour, hour]) {
      ctx.pass(pass);
      await tendFindings(ctx);
    }
    expect(await topics()).toEqual(["opened 1", "overdue 1", "overdue 1"]);
    const told = (await findAll(ctx.db, "outbox")).filter(({ topic }) => topic === "finding.overdue");
    expect(told.map(({ payload }) => (payload["detail"] as { missed: string }).missed).sort()).toEqual([
      "acknowledge",
      "decide",
    ]);
  });

  describe("about a host", () => {
    const own = (id: string) => cause("high", { value: `https://vendor.example/t/${id}/cb` });
    const led = async () =>
      (await findAll(ctx.db, "finding"))
        .filter(({ parentId }) => parentId !== null)
        .sort((one, other) => one.number - other.number);
    beforeEach(async () => {
      for (const id of ["a", "b", "c"]) await look([own(id)], id);
    });

    test("its owner, when all clients have the same, acts on all of them", async () => {
      await acknowledgeFinding(ctx, stage.mara, { number: 4 });
      expect((await led()).map(({ state }) => state)).toEqual(Array(3).fill("acknowledged"));
      await look([own("d")], "d");
      expect(await finding(5)).toMatchObject({ state: "acknowledged", acknowledgedBy: stage.mara.id });
      await dismissFinding(ctx, stage.mara, { number: 4, reason: "expected_change", note });
      expect((await led()).map(({ state }) => state)).toEqual(Array(4).fill("acknowledged"));
      await confirmProposal(ctx, stage.rui, { number: 4 });
      expect((await led()).map(({ state, confirmedBy }) => [state, confirmedBy])).toEqual(
        Array.from({ length: 4 }, () => ["dismissed", stage.rui.id]),
      );
      expect(await topics()).toEqual([
        "opened 1",
        "opened 2",
        "opened 4",
        "acknowledged 4",
        "proposed 4",
        "dismissed 4",
      ]);
      await look([{ ...own("d"), severity: "critical" }], "d");
      expect(await finding(4)).toMatchObject({ state: "open", severity: "critical" });
      expect((await topics()).at(-1)).toBe("reopened 4");
    });

    test("nobody but reviewers acts on it when its clients have several owners", async () => {
      await ctx.db.transaction((tx) => update(tx, "client", { id: "b" }, { ownerTeamId: stage.security }));
      await expect(acknowledgeFinding(ctx, stage.mara, { number: 4 })).rejects.toMatchObject({
        message: "No one team owns what this finding is about: a reviewer or an administrator triages it.",
      });
      await acknowledgeFinding(ctx, stage.rui, { number: 4 });
    });

    test("snoozed until it changes, a change of one client wakes it", async () => {
      await snoozeFinding(ctx, stage.rui, { number: 4 });
      expect((await led()).map(({ snoozedSnapshotId }) => snoozedSnapshotId)).toEqual([
        "a-s1",
        "b-s1",
        "c-s1",
      ]);
      await look([own("b")], "b");
      expect((await finding(4)).state).toBe("snoozed");
      await live("b", "b-s2");
      await look([own("b")], "b");
      expect((await finding(4)).state).toBe("open");
      expect((await topics()).slice(3)).toEqual(["snoozed 4", "reopened 4"]);
    });

    test("snoozed until a date, all wake together and one event says so", async () => {
      await snoozeFinding(ctx, stage.rui, { number: 4, until: start + day });
      ctx.pass(day);
      await tendFindings(ctx);
      expect((await led()).map(({ state }) => state)).toEqual(Array(3).fill("open"));
      expect((await topics()).slice(4)).toEqual(["reopened 4"]);
    });

    test("what is kept out of every client leaves nothing to decide about the host", async () => {
      for (const id of ["a", "b", "c"])
        await ctx.db.transaction(async (tx) =>
          keepOut(ctx, tx, await requireClient(tx, id), stage.rui, "Not needed."),
        );
      expect(await finding(4)).toMatchObject({ state: "dismissed", dismissReason: "kept_out" });
      expect((await topics()).slice(3)).toEqual(["dismissed 4"]);
      const lines = await findAll(ctx.db, "journal", { action: "finding.dismissed" });
      expect(lines).toHaveLength(4);
    });
  });

  test("a refused change keeps its growth out, and only that", async () => {
    await look([
      cause("high"),
      cause("high", { value: "https://third.example/cb", after: "https://third.example/cb" }),
      cause("medium", { rule: "drift.redirect-removed", effect: "shrinkage" }),
    ]);
    const kept = await ctx.db.transaction(async (tx) =>
      keepOut(
        ctx,
        tx,
        await requireClient(tx, "a"),
        stage.rui,
        "Not needed.",
        ({ value }) => value === "https://third.example/cb",
      ),
    );
    expect(kept).toBe(1);
    const rows = (await findAll(ctx.db, "finding")).sort((one, other) => one.number - other.number);
    expect(rows.map(({ state }) => state)).toEqual(["open", "dismissed", "open"]);
    expect(rows[1]).toMatchObject({ dismissReason: "kept_out", decidedBy: stage.rui.id });
    const accepted = await ctx.db.transaction(async (tx) =>
      resolveAccepted(ctx, tx, await requireClient(tx, "a"), stage.rui, "Approved in request 3."),
    );
    expect(accepted).toBe(2);
    const then = (await findAll(ctx.db, "finding")).sort((one, other) => one.number - other.number);
    expect(then.map(({ state }) => state)).toEqual(["resolved", "dismissed", "resolved"]);
  });

  test("what was found about a client that is retired is over", async () => {
    await look([cause("critical")]);
    await dismissFinding(ctx, stage.rui, { number: 1, reason: "duplicate", note });
    await retireClient(ctx, stage.rui, { id: "a", reason: "Replaced." });
    expect(await finding()).toMatchObject({
      state: "resolved",
      decidedBy: stage.rui.id,
      decisionNote: "The client was retired: Replaced.",
      proposal: null,
    });
    expect(await topics()).toEqual(["opened 1", "proposed 1", "resolved 1"]);
  });

  test("many at once: each on its own, with a word for those that could not be done", async () => {
    await look([cause()]);
    await look([cause()], "b");
    await acknowledgeFinding(ctx, stage.rui, { number: 1 });
    const outcomes = await triageFindings(ctx, stage.rui, { act: "acknowledge", numbers: [1, 2, 7] });
    expect(outcomes).toMatchObject([
      { ok: false, number: 1, code: "conflict", sentence: "It is acknowledged already." },
      { ok: true, number: 2, state: "acknowledged" },
      { ok: false, number: 7, code: "not_found" },
    ]);
    await expect(
      triageFindings(ctx, stage.rui, { act: "dismiss", numbers: [1, 2], reason: "no reason", note }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });
});
