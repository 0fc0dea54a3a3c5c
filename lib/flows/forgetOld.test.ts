import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { day, hour } from "#lib/core/Instant.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { findAll, insert } from "#lib/db/rows.ts";
import { forgetOld } from "#lib/flows/forgetOld.ts";
import { appendToLog } from "#lib/flows/log/appendToLog.ts";
import { newestCheckpoint } from "#lib/flows/log/newestCheckpoint.ts";
import { note } from "#lib/flows/note.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { verifyJournal } from "#lib/views/log/verifyJournal.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  test("old checkpoints go, and the log still proves what it proved", async () => {
    await turnSigningKeys(ctx);
    await createAudience(ctx, systemActor, { slug: "prod", name: "Production" });
    await appendToLog(ctx);
    await publishDueReleases(ctx);
    for (let n = 0; n < 5; n++) {
      const subject = { kind: "team", id: "t", name: "Team" };
      await ctx.db.transaction((tx) => note(ctx, tx, systemActor, { action: "team.named", subject }));
      await appendToLog(ctx, 1);
    }
    const newest = await newestCheckpoint(ctx.db);
    expect((await findAll(ctx.db, "logCheckpoint")).length).toBeGreaterThan(5);
    expect(await forgetOld(ctx)).toBe(0);
    ctx.pass(2 * hour);
    expect(await forgetOld(ctx)).toBeGreaterThan(4);
    expect(await findAll(ctx.db, "logCheckpoint")).toMatchObject([{ size: newest?.size }]);
    expect(await newestCheckpoint(ctx.db)).toEqual(newest);
    const head = (await findAll(ctx.db, "head"))[0]!;
    expect(await verifyJournal(ctx.db, head.jws)).toMatchObject({ ok: true, kept: { ok: true } });
    const subject = { kind: "team", id: "t", name: "Team" };
    await ctx.db.transaction((tx) => note(ctx, tx, systemActor, { action: "team.named", subject }));
    expect(await appendToLog(ctx)).toBe(1);
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true });
  });

  test("ended invites, failed fetches and first reports of long past releases go; what is needed stays", async () => {
    await turnSigningKeys(ctx);
    const { id: audienceId } = await createAudience(ctx, systemActor, { slug: "prod", name: "Production" });
    const { consumerId } = await connectConsumer(ctx, systemActor, { audienceId, name: "idp-1" });
    await publishDueReleases(ctx);
    const now = ctx.clock();
    const invite = (tokenHash: string, expiresAt: number) =>
      ({ tokenHash, kind: "invite", role: "member", createdAt: 0, expiresAt }) as const;
    const fetched = (id: string, at: number, outcome: FetchOutcome, digest: string | null = null) =>
      ({
        id,
        url: "https://a.example/c",
        kind: "document",
        outcome,
        sentence: "…",
        milliseconds: 1,
        bytes: 0,
        digest,
        at,
      }) as const;
    const activation = (id: string, epoch: number, rev: number, receivedAt: number) =>
      ({ id, audienceId, consumerId, instance: id, epoch, rev, activatedAt: 0, receivedAt }) as const;
    await ctx.db.transaction(async (tx) => {
      await insert(
        tx,
        "invite",
        invite("old", now - 31 * day),
        invite("ended", now - day),
        invite("open", now + day),
      );
      await insert(
        tx,
        "fetchLog",
        ...Array.from({ length: 2_100 }, (_, n) => fetched(`failed-${n}`, now - 91 * day, "timeout")),
        fetched("lately", now - 89 * day, "timeout"),
        fetched("read", now - 400 * day, "ok", "d".repeat(64)),
        fetched("differed", now - 400 * day, "too_large", "d".repeat(64)),
      );
      const { rev } = (await findAll(tx, "head"))[0]!;
      await insert(
        tx,
        "activation",
        activation("epoch", 0, 900, now - 91 * day),
        activation("past", 1, rev - 51, now - 91 * day),
        activation("past-lately", 1, rev - 51, now - 89 * day),
        activation("newest", 1, rev, now - 400 * day),
      );
    });
    expect(await forgetOld(ctx)).toBe(2_103);
    expect((await findAll(ctx.db, "invite")).map(({ tokenHash }) => tokenHash).sort()).toEqual([
      "ended",
      "open",
    ]);
    expect((await findAll(ctx.db, "fetchLog")).map(({ id }) => id).sort()).toEqual([
      "differed",
      "lately",
      "read",
    ]);
    expect((await findAll(ctx.db, "activation")).map(({ id }) => id).sort()).toEqual([
      "newest",
      "past-lately",
    ]);
  });
});
