import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import type { Write } from "#lib/db/Database.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, remove, update } from "#lib/db/rows.ts";
import { verifyJournal } from "#lib/views/log/verifyJournal.ts";
import { createTeam } from "#lib/flows/people/createTeam.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, setStage } from "#lib/flows/testing/stage.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const tamper = (work: (tx: Write) => Promise<unknown>) => ctx.db.transaction(work);

  test("the chain holds after everything that happens, and no changed column goes unseen", async () => {
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true, lines: 0 });
    const stage = await setStage(ctx);
    await approved(ctx, stage);
    await publish(ctx);
    const teams = Array.from({ length: 8 }, (_, n) => createTeam(ctx, stage.ada, { name: `Team ${n}` }));
    await Promise.all(teams);
    const lines = (await findAll(ctx.db, "journal")).length;
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true, lines });

    const line = await find(ctx.db, "journal", { action: "client.approved" });
    if (!line) throw new Error("No line.");
    for (const [column, value] of Object.entries(line)) {
      const forged = typeof value === "number" ? value + 1_000 : `${value}x`;
      await tamper((tx) => update(tx, "journal", { seq: line.seq }, { [column]: forged }));
      const verdict = await verifyJournal(ctx.db);
      expect([column, verdict.ok]).toEqual([column, false]);
      expect(verdict.sentence).toMatch(/^(Line|The journal)/);
      const seq = column === "seq" ? line.seq + 1_000 : line.seq;
      await tamper((tx) => update(tx, "journal", { seq }, line));
    }
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true });

    await tamper((tx) => remove(tx, "journal", { seq: line.seq }));
    expect((await verifyJournal(ctx.db)).sentence).toBe(
      `Line ${line.seq} is missing: the next one is ${line.seq + 1}.`,
    );
  });

  test("a journal whose end was cut off is found", async () => {
    await setStage(ctx);
    const lines = (await findAll(ctx.db, "journal")).length;
    await tamper((tx) => remove(tx, "journal", { seq: lines }));
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: false, lines: lines - 1 });
  });
});
