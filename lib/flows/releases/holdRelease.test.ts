import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day, minute } from "#lib/core/Instant.ts";
import { find, findAll, insert, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { evaluateClient } from "#lib/views/clients/evaluateClient.ts";
import { blockHost } from "#lib/flows/sightings/blockHost.ts";
import { holdRelease } from "./holdRelease.ts";
import { letGoOfRelease } from "./letGoOfRelease.ts";
import { liftHostBlock } from "#lib/flows/sightings/liftHostBlock.ts";
import { publishDueReleases } from "./publishDueReleases.ts";
import { scheduleRelease } from "./scheduleRelease.ts";
import { verifyLists } from "./verifyLists.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";

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
    const client = await find(ctx.db, "client", { clientId: quiet });
    expect(await findAll(ctx.db, "listChange")).toMatchObject([{ clientRowId: client?.id }]);
    await publish(ctx);
    expect(await decision()).toBe("deny");
    expect(await verifyLists(ctx, "prod")).toMatchObject([{ ok: true }]);
    const newest = (await findAll(ctx.db, "head")).toSorted((a, b) => a.seq - b.seq).at(-1);
    expect(newest).toMatchObject({
      cause: "rolled back to release 1",
      deny: [{ client_id: quiet, reason: "rolled_back" }],
    });
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

  const held = () => find(ctx.db, "audience", { id: stage.audienceId });
  const goBack = (rev: number) => holdRelease(ctx, stage.rui, { ...first(), rev });
  const newestRev = async () => Math.max(...(await findAll(ctx.db, "head")).map(({ rev }) => rev));

  it("lets nothing back in that the first of two held releases refused", async () => {
    const client = await find(ctx.db, "client", { clientId: quiet });
    const allowing = await newestRev();
    const state = (lifecycle: "approved" | "suspended") =>
      ctx.db.transaction(async (tx) => {
        await update(tx, "client", { id: client?.id ?? "" }, { lifecycle, lifecycleAt: ctx.clock() });
        await scheduleRelease(ctx, tx, lifecycle, 0, [client?.id ?? ""]);
      });
    await state("suspended");
    await publish(ctx);
    const refusing = await newestRev();
    await state("approved");
    await publish(ctx);
    await goBack(refusing);
    await publish(ctx);
    expect(await decision()).toBe("deny");
    await goBack(allowing);
    await publish(ctx);
    expect(await decision()).toBe("deny");
    await letGoOfRelease(ctx, stage.rui, first());
    await letGoOfRelease(ctx, stage.sofia, first());
    await publish(ctx);
    expect(await decision()).toBe("allow");
    expect((await held())?.heldWithin).toBeNull();
  });

  it("does not count the word of somebody who may not review any more", async () => {
    await holdRelease(ctx, stage.rui, first());
    await letGoOfRelease(ctx, stage.rui, first());
    await ctx.db.transaction((tx) => update(tx, "person", { id: stage.rui.id }, { active: false }));
    expect(await letGoOfRelease(ctx, stage.sofia, first())).toBe("asked");
    expect((await held())?.heldHeadId).not.toBeNull();
    expect(await letGoOfRelease(ctx, stage.ada, first())).toBe("released");
  });

  it("can be ended by the one reviewer of a solo installation", async () => {
    await holdRelease(ctx, stage.rui, first());
    const solo = { ...ctx, config: { ...ctx.config, solo: true } };
    expect(await letGoOfRelease(solo, stage.rui, first())).toBe("released");
  });

  it("is not passed over by a release that is being made at that moment", async () => {
    const { keys } = ctx;
    let done = false;
    const meanwhile = {
      ...ctx,
      keys: {
        ...keys,
        open: async (...key: Parameters<typeof keys.open>) => {
          if (!done) await holdRelease(ctx, stage.rui, first());
          done = true;
          return keys.open(...key);
        },
      },
    };
    await ctx.db.transaction((tx) => scheduleRelease(ctx, tx, "something else", 0, []));
    await publishDueReleases(meanwhile);
    await publish(ctx);
    expect(await decision()).toBe("deny");
  });

  it("refuses the hosts that the held release refuses, and their namespaces", async () => {
    const namespace = {
      id: "n1",
      number: 1,
      pattern: "https://quillnest.dev/oauth/*/client.json",
      host: "quillnest.dev",
      name: "Quillnest",
      state: "approved" as const,
      reason: "For the test.",
      constraints: {
        redirectHosts: ["quillnest.dev"],
        loopback: false,
        methods: ["none"],
        grantTypes: ["authorization_code"],
        grants: [{ resource: tickets, scopes: ["tickets.read"] }],
        mostChildren: 5,
      },
      requestedAt: ctx.clock(),
      validDays: 9,
      approvedAt: ctx.clock(),
      validUntil: ctx.clock() + 9 * day,
      stateAt: ctx.clock(),
      revision: 1,
    };
    const of = async (clientId: string) =>
      (await evaluateClient(ctx.db, ctx.clock(), { audience: "prod", clientId })).decision;
    await blockHost(ctx, stage.rui, { host: "tidewater.dev", reason: "Taken over." });
    await publish(ctx);
    const blocked = await newestRev();
    await liftHostBlock(ctx, stage.rui, { host: "tidewater.dev", reason: "It was not." });
    await liftHostBlock(ctx, stage.sofia, { host: "tidewater.dev", reason: "It was not." });
    await ctx.db.transaction(async (tx) => {
      await insert(tx, "namespace", namespace);
      await scheduleRelease(ctx, tx, "namespace", 0, []);
    });
    await publish(ctx);
    expect(await decision()).toBe("allow");
    expect(await of("https://quillnest.dev/oauth/a/client.json")).toBe("allow");
    await goBack(blocked);
    await publish(ctx);
    expect(await decision()).toBe("deny");
    expect(await of("https://quillnest.dev/oauth/a/client.json")).toBe("deny");
  });

  it("is refused where the contents are about to be collected", async () => {
    const before = await find(ctx.db, "head", { rev: 1, audienceId: stage.audienceId });
    const long = day + ctx.config.releasesKeptDays * day - 30 * minute;
    await ctx.db.transaction((tx) =>
      update(tx, "allowlistObject", { sha: before?.root ?? "" }, { unneededSince: ctx.clock() - long }),
    );
    await expect(holdRelease(ctx, stage.rui, first())).rejects.toThrow(/not stored any more/);
  });
});
