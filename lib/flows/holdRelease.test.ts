import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../e2e/sandbox/startSandbox.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { evaluateClient } from "#lib/views/evaluateClient.ts";
import { holdRelease } from "./holdRelease.ts";
import { letGoOfRelease } from "./letGoOfRelease.ts";
import { openTestContext, type TestContext } from "./testing/openTestContext.ts";
import { approved, publish, quiet, setStage, type Stage } from "./testing/stage.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
    await publish(ctx);
    await approved(ctx, stage);
    await publish(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const decision = async () =>
    (await evaluateClient(ctx.db, ctx.clock(), { audience: "prod", clientId: quiet })).decision;
  const first = () => ({ audienceId: stage.audienceId, epoch: 1, rev: 1, reason: "It broke the portal." });

  it("allows nothing that the held release does not allow, until two people let go of it", async () => {
    expect(await decision()).toBe("allow");
    await holdRelease(ctx, stage.rui, first());
    await publish(ctx);
    expect(await decision()).toBe("deny");
    const newest = (await findAll(ctx.db, "head")).toSorted((a, b) => a.seq - b.seq).at(-1);
    expect(newest).toMatchObject({ cause: "rolled back to release 1" });
    expect(newest?.rev).toBeGreaterThan(2);

    const let_go = { audienceId: stage.audienceId };
    await expect(letGoOfRelease(ctx, stage.mara, let_go)).rejects.toThrow(/may not vote/);
    expect(await letGoOfRelease(ctx, stage.rui, let_go)).toBe("asked");
    expect(await letGoOfRelease(ctx, stage.rui, let_go)).toBe("asked");
    await publish(ctx);
    expect(await decision()).toBe("deny");
    expect(await letGoOfRelease(ctx, stage.sofia, { ...let_go, keep: true })).toBe("kept");
    expect(await letGoOfRelease(ctx, stage.sofia, let_go)).toBe("asked");
    expect(await letGoOfRelease(ctx, stage.rui, let_go)).toBe("released");
    await publish(ctx);
    expect(await decision()).toBe("allow");
    expect(await find(ctx.db, "journal", { action: "release.let_go" })).toBeDefined();
  });

  it("refuses what cannot be, and says why", async () => {
    const newest = (await findAll(ctx.db, "head")).toSorted((a, b) => a.seq - b.seq).at(-1);
    const cases: [Partial<ReturnType<typeof first>>, RegExp][] = [
      [{ rev: 77 }, /never had a release 77/],
      [{ rev: newest?.rev ?? 0 }, /is the newest already/],
      [{ audienceId: "nowhere" }, /no such list/],
      [{ reason: " " }, /Say why/],
    ];
    for (const [part, sentence] of cases) {
      const refused = await holdRelease(ctx, stage.rui, { ...first(), ...part }).catch(
        (error: unknown) => error,
      );
      expect(JSON.stringify([(refused as Error).message, refused])).toMatch(sentence);
    }
    await expect(holdRelease(ctx, stage.mara, first())).rejects.toThrow(/may not suspend/);
    await expect(letGoOfRelease(ctx, stage.rui, { audienceId: stage.audienceId })).rejects.toThrow(
      /is not rolled back/,
    );
  });
});
