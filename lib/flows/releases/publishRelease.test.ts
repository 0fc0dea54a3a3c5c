import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { leaseDue } from "#lib/db/queries/leaseDue.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { openDatabase } from "#lib/db/openDatabase.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { tokenActor } from "#lib/views/people/sessionActor.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { deliverOutbox } from "#lib/flows/channels/deliverOutbox.ts";
import { publishDueReleases } from "./publishDueReleases.ts";
import { publishRelease } from "./publishRelease.ts";
import { recordReport } from "#lib/flows/servers/recordReport.ts";
import { resignHeads } from "#lib/flows/signing/resignHeads.ts";
import { blockClient, suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, setStage, type Stage } from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { rotateSigningKey, turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const reason = "For the test.";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const audience = async (): Promise<Row<"audience">> => {
    const row = await find(ctx.db, "audience", { id: stage.audienceId });
    if (!row) throw new Error("No audience.");
    return row;
  };

  test("signing again changes seq and nothing else, also while there are denies", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    await suspendClient(ctx, stage.rui, { id, reason });
    await publish(ctx);
    const { claims: before } = await verifiedList(ctx, stage.audienceId);
    await resignHeads(ctx);
    expect(await publishDueReleases(ctx)).toBe(0);
    ctx.pass(15 * minute);
    await resignHeads(ctx);
    await resignHeads(ctx);
    expect(await publishDueReleases(ctx)).toBe(1);
    const { claims, row } = await verifiedList(ctx, stage.audienceId);
    expect(claims).toEqual({
      ...before,
      seq: before.seq + 1,
      iat: before.iat + 900,
      exp: before.exp + 900,
      prev: (await findAll(ctx.db, "head", { seq: before.seq }))[0]?.digest,
    });
    expect(row.cause).toBe("re-signed");
  });

  test("publishers at the same time give distinct seqs in one chain", async () => {
    await turnSigningKeys(ctx);
    await approved(ctx, stage);
    const row = await audience();
    await Promise.all([1, 2, 3, 4].map((n) => publishRelease(ctx, row, `publisher ${n}`)));
    const heads = (await findAll(ctx.db, "head")).sort((a, b) => a.seq - b.seq);
    expect(heads.map((head) => head.seq)).toEqual([1, 2, 3, 4]);
    expect(heads.map((head) => head.rev)).toEqual([1, 1, 1, 1]);
    heads.slice(1).forEach((head, index) => expect(head.prev).toBe(heads[index]?.digest));
  });

  test("a publisher that looked before a suspension never signs its old look after it", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    const row = await audience();
    const slow = publishRelease(ctx, row, "slow");
    await suspendClient(ctx, stage.rui, { id, reason });
    await Promise.all([slow, publishDueReleases(ctx)]);
    await publishDueReleases(ctx);
    const list = await verifiedList(ctx, stage.audienceId);
    expect(await list.entryOf(quiet)).toMatchObject({ status: "deny" });
  });

  test("a due row is taken by one of two workers, and again when its lease ends", async () => {
    const other = await openDatabase(home.url, "drizzle");
    const take = (db: typeof other, now = ctx.clock()) =>
      db.transaction((tx) => leaseDue(tx, now, 30 * second, 10));
    const [one, two] = await Promise.all([take(ctx.db), take(other)]);
    expect(one.length + two.length).toBe(1);
    expect(await take(other)).toEqual([]);
    expect(await take(other, ctx.clock() + 30 * second)).toHaveLength(1);
    await other.close();
  });

  test("one list that cannot be signed does not hold up the others", async () => {
    const other = await createAudience(ctx, stage.ada, { slug: "second", name: "Second" });
    await ctx.db.transaction((tx) => update(tx, "audience", { id: stage.audienceId }, { epoch: 0 }));
    await publish(ctx);
    expect(await latestHead(ctx.db, other.id)).toMatchObject({ seq: 1 });
    expect(await latestHead(ctx.db, stage.audienceId)).toBeUndefined();
    expect(ctx.logged).toContainEqual(expect.objectContaining({ msg: "release failed", audience: "prod" }));
    await ctx.db.transaction((tx) => update(tx, "audience", { id: stage.audienceId }, { epoch: 1 }));
    ctx.pass(2 * second);
    await publishDueReleases(ctx);
    expect(await latestHead(ctx.db, stage.audienceId)).toMatchObject({ seq: 1 });
  });

  test("two hundred long denies still fit a head", async () => {
    const id = await approved(ctx, stage);
    await blockClient(ctx, stage.rui, { id, reason });
    const blocked = await find(ctx.db, "client", { id });
    if (!blocked) throw new Error("No client.");
    await ctx.db.transaction(async (tx) => {
      for (let n = 0; n < 210; n++)
        await insert(tx, "client", {
          ...blocked,
          id: `long-${n}`,
          clientId: `https://tidewater.dev/${"x".repeat(1_000)}/${n}`,
        });
    });
    await publish(ctx);
    const list = await verifiedList(ctx, stage.audienceId);
    expect(list.row.jws.length).toBeLessThan(64 * 1024);
    expect(list.claims.deny.length).toBeGreaterThan(30);
    expect(list.claims.count).toBe(211);
  });

  test("an approval that ended is a deny", async () => {
    await approved(ctx, stage);
    await publish(ctx);
    ctx.pass(180 * day);
    await resignHeads(ctx);
    await publish(ctx);
    const list = await verifiedList(ctx, stage.audienceId);
    expect(await list.entryOf(quiet)).toMatchObject({ status: "deny", reason: "expired" });
    expect(list.claims.deny).toMatchObject([{ client_id: quiet, reason: "expired" }]);
  });

  test("a key is published for a day before it signs, and never less than twenty minutes", async () => {
    await expect(rotateSigningKey(ctx, stage.rui)).rejects.toMatchObject({ code: "not_allowed" });
    await publish(ctx);
    const first = await find(ctx.db, "signingKey", { state: "active" });
    const next = await rotateSigningKey(ctx, stage.ada);
    expect(next.state).toBe("next");
    const force = () => rotateSigningKey(ctx, stage.ada, { force: true });
    await expect(force()).rejects.toMatchObject({ code: "not_ready" });
    ctx.pass(20 * minute);
    await expect(rotateSigningKey(ctx, stage.ada)).rejects.toThrow("24 hours");
    expect(await Promise.allSettled([force(), turnSigningKeys(ctx)])).toMatchObject([
      { value: { kid: next.kid, state: "active" } },
      {},
    ]);
    await resignHeads(ctx);
    await publish(ctx);
    expect((await verifiedList(ctx, stage.audienceId)).row.kid).toBe(next.kid);
    expect(await find(ctx.db, "signingKey", { kid: first?.kid })).toMatchObject({ state: "retiring" });
    ctx.pass(day);
    await turnSigningKeys(ctx);
    expect(await find(ctx.db, "signingKey", { kid: first?.kid })).toMatchObject({ state: "retired" });
  });

  test("workers that start together make one active key", async () => {
    await Promise.all([turnSigningKeys(ctx), turnSigningKeys(ctx), turnSigningKeys(ctx)]);
    expect(await findAll(ctx.db, "signingKey", { state: "active" })).toHaveLength(1);
  });

  test("without its key-encryption key nothing is signed, and the sentence says what to restore", async () => {
    await turnSigningKeys(ctx);
    const row = await audience();
    const stranger = await openTestContext(home.db, { ids: "stranger" });
    const refused = publishRelease(stranger, row, "test");
    await expect(refused).rejects.toMatchObject({
      code: "not_ready",
      message: expect.stringContaining("Restore that key") as string,
    });
    await stranger.close();
    await expect(publishRelease({ ...ctx, keys: undefined }, row, "test")).rejects.toThrow("only the worker");
    // Whoever holds no key asks the worker.
    expect(await rotateSigningKey({ ...ctx, keys: undefined }, stage.ada)).toMatchObject({ state: "asked" });
  });

  test("every event leaves the outbox once, also with two workers", async () => {
    await approved(ctx, stage);
    const waiting = await findAll(ctx.db, "outbox");
    expect(waiting.length).toBeGreaterThan(3);
    const delivered = await Promise.all([deliverOutbox(ctx), deliverOutbox(ctx)]);
    expect(delivered.reduce((sum, n) => sum + n, 0)).toBe(waiting.length);
    expect(await deliverOutbox(ctx)).toBe(0);
    const ids = ctx.logged.flatMap((line) => line["eventId"] ?? []);
    expect(ids).toHaveLength(waiting.length);
    expect(new Set(ids)).toEqual(new Set(waiting.map((row) => row.id)));
  });

  test("a server reports with its own token only, and hears of the newest head", async () => {
    const name = (n: number) => ({ audienceId: stage.audienceId, name: `idp-${n}` });
    const one = await connectConsumer(ctx, stage.ada, name(1));
    const two = await connectConsumer(ctx, stage.ada, name(2));
    await expect(connectConsumer(ctx, stage.ada, name(1))).rejects.toMatchObject({ code: "conflict" });
    await expect(connectConsumer(ctx, stage.rui, name(3))).rejects.toMatchObject({ code: "not_allowed" });
    await publish(ctx);
    const actorOf = async (token: string) => {
      const actor = await tokenActor(ctx.db, ctx.clock(), token);
      if (!actor) throw new Error("No such token.");
      return actor;
    };
    const head = await latestHead(ctx.db, stage.audienceId);
    const now = Math.floor(ctx.clock() / second);
    const report = {
      list: "prod",
      instance: "a",
      active: { epoch: 1, seq: 1, rev: 1, digest: head?.digest, activated_at: now },
      checked_at: now,
      mode: "lazy",
      enforcement: "enforce",
      error: null,
      client: "test/1",
    };
    const stranger = await actorOf(two.token);
    const input = { consumerId: one.consumerId, report };
    await expect(recordReport(ctx, stranger, input)).rejects.toMatchObject({ code: "not_allowed" });
    const own = await actorOf(one.token);
    expect(await recordReport(ctx, own, input)).toEqual({
      latest: { epoch: 1, seq: 1, rev: 1, digest: head?.digest },
    });
    await recordReport(ctx, own, { ...input, report: { ...report, mode: "mirror" } });
    expect(await findAll(ctx.db, "report")).toMatchObject([{ instance: "a", mode: "mirror" }]);
    const broken = { ...input, report: { ...report, active: { ...report.active, digest: "zz" } } };
    await expect(recordReport(ctx, own, broken)).rejects.toMatchObject({ code: "invalid_input" });
    // Numbers that no column holds, and moments that no page could write.
    for (const odd of [
      { active: { ...report.active, seq: 2 ** 53 } },
      { active: { ...report.active, activated_at: Number.MAX_SAFE_INTEGER } },
      { checked_at: Number.MAX_SAFE_INTEGER },
    ])
      await expect(recordReport(ctx, own, { ...input, report: { ...report, ...odd } })).rejects.toMatchObject(
        { code: "invalid_input" },
      );
    const error = { code: "x", detail: "a\0b\ud800", since: now };
    await recordReport(ctx, own, { ...input, report: { ...report, error } });
    expect(await findAll(ctx.db, "report")).toMatchObject([{ errorDetail: "a\uFFFDb\uFFFD" }]);
    ctx.pass(hour);
  });
});
