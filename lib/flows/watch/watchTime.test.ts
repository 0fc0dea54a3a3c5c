import { afterAll, beforeAll, expect, test } from "vitest";
import { day, hour } from "#lib/core/Instant.ts";
import { find, findAll, insert, update, type NewRow } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { sampleClient, samplePerson, sampleTeam } from "#lib/views/testing/sampleClients.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { watchTime } from "./watchTime.ts";

eachDatabase((open) => {
  let base: TestDatabase;
  let ctx: TestContext;

  beforeAll(async () => {
    base = await open();
    ctx = await openTestContext(base.db);
    await ctx.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "One");
      await sampleTeam(tx, "t2", "Two");
      await samplePerson(tx, "mara", "member", ["t1"]);
      for (const [id, team] of [
        ["fresh", "t1"],
        ["old", "t1"],
        ["twin", "t2"],
        ["sister", "t1"],
        ["copied", "t1"],
        ["leaked", "t1"],
        ["blocked", "t1"],
      ] as const)
        await sampleClient(tx, id, `https://${id}.example/client`, {
          ownerTeamId: team,
          lifecycle: id === "blocked" ? "blocked" : "approved",
          approvedSnapshotId: `${id}-s1`,
          validUntil: start + 90 * day,
        });
    });
  });
  afterAll(async () => {
    await ctx.close();
    await base.drop();
  });

  const addKey = (clientRowId: string, jkt: string, days: number, more: Partial<NewRow<"clientKey">> = {}) =>
    ctx.db.transaction((tx) =>
      insert(tx, "clientKey", {
        id: ctx.newId(),
        clientRowId,
        jkt,
        kid: jkt,
        kind: "EC P-256",
        firstSeenAt: start - days * day,
        lastSeenAt: start,
        ...more,
      }),
    );
  const standing = async () =>
    (await findAll(ctx.db, "finding", {}))
      .filter(({ state }) => state !== "resolved")
      .map(({ rule, severity, clientRowId, value }) => `${severity} ${rule} ${clientRowId} ${value}`)
      .toSorted();

  test("opens what grew old, once", async () => {
    await addKey("fresh", "k-fresh", 20);
    await addKey("old", "k-old", 200);
    await addKey("old", "k-older", 400, { removedAt: start - 200 * day });
    await addKey("blocked", "k-blocked", 400);
    await addKey("twin", "k-twin", 5);
    await addKey("sister", "k-twin", 5);
    await addKey("leaked", "k-leaked", 30, { leakedAt: start - day });
    await ctx.db.transaction(async (tx) => {
      await update(
        tx,
        "snapshot",
        { id: "leaked-s1" },
        {
          keys: [{ index: 0, jkt: "k-leaked", publicJwk: {}, privateMembers: [] }],
        },
      );
      await insert(tx, "announcement", {
        id: "ann",
        clientRowId: "fresh",
        jkt: "k-next",
        note: "",
        expectedBy: start - hour,
        at: start - 9 * day,
      });
      await insert(tx, "attestation", {
        id: "att",
        clientRowId: "copied",
        snapshotId: "copied-s1",
        state: "attested",
        note: "",
        uploadedBy: "mara",
        uploadedAt: start - 29 * day,
        renewBy: start + 2 * day,
        revision: 1,
      });
      await update(tx, "client", { id: "sister" }, { validUntil: start + 2 * day });
    });
    expect(await watchTime(ctx)).toBe(6);
    expect(await standing()).toEqual([
      "high time.key-leaked-still-approved leaked k-leaked",
      "high time.key-shared sister k-twin",
      "high time.key-shared twin k-twin",
      "medium time.approval-ending sister ",
      "medium time.attestation-due copied ",
      "medium time.key-overdue old k-old",
      "medium time.rotation-missed fresh k-next",
    ]);
    expect(await find(ctx.db, "announcement", { id: "ann" })).toMatchObject({ missedAt: start });
    expect(await watchTime(ctx)).toBe(0);
    ctx.pass(hour);
    expect(await watchTime(ctx)).toBe(0);
  });

  test("grows worse, and resolves when the cause is gone twice", async () => {
    ctx.pass(2 * day);
    expect(await watchTime(ctx)).toBeGreaterThan(0);
    expect(await standing()).toContain("high time.attestation-overdue copied ");
    await ctx.db.transaction(async (tx) => {
      await update(tx, "attestation", { id: "att" }, { renewBy: ctx.clock() + 30 * day });
      await update(tx, "announcement", { id: "ann" }, { withdrawnAt: ctx.clock() });
      await update(tx, "clientKey", { clientRowId: "twin" }, { removedAt: ctx.clock() });
      await update(tx, "clientKey", { clientRowId: "old", jkt: "k-old" }, { removedAt: ctx.clock() });
      await update(tx, "client", { id: "sister" }, { validUntil: null });
      await update(tx, "client", { id: "leaked" }, { lifecycle: "retired" });
    });
    await watchTime(ctx);
    expect(await standing()).not.toEqual([]);
    await watchTime(ctx);
    expect(await standing()).toEqual([]);
    expect(await watchTime(ctx)).toBe(0);
  });

  test("keys of one team are shared with less alarm", async () => {
    await addKey("fresh", "k-both", 1);
    await addKey("old", "k-both", 1);
    await watchTime(ctx);
    expect(await standing()).toEqual([
      "medium time.key-shared fresh k-both",
      "medium time.key-shared old k-both",
    ]);
  });
});
