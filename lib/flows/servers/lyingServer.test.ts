import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import type { TokenActor } from "#lib/core/Actor.ts";
import { hour, second } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { find, findAll, insert, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { connectConsumer } from "./connectConsumer.ts";
import { mostInstances } from "./recordActivation.ts";
import { recordReport } from "./recordReport.ts";
import { recordSightings } from "#lib/flows/sightings/recordSightings.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, setStage } from "#lib/flows/testing/stage.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let consumerId: string;
  let clientRowId: string;
  let server: TokenActor;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    const stage = await setStage(ctx);
    clientRowId = await approved(ctx, stage);
    await publish(ctx);
    const { audienceId } = stage;
    ({ consumerId } = await connectConsumer(ctx, stage.ada, { audienceId, name: "idp-1" }));
    const id = (await find(ctx.db, "consumer", { id: consumerId }))?.tokenId ?? "";
    server = { kind: "token", id, name: "idp-1", role: "consumer", audienceId };
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const status = (instance: string, digest: string, more: object = {}) => {
    const active = { epoch: 1, seq: 1, rev: 1, digest, activated_at: 0, ...more };
    const report = { list: "prod", instance, active, checked_at: 0, mode: "lazy", enforcement: "enforce" };
    return recordReport(ctx, server, { consumerId, report: { ...report, error: null, client: "liar/1" } });
  };
  const told = async () => (await findAll(ctx.db, "journal", { action: "server.divergent" })).length;

  test("a server that makes up digests and instances is told of a few times an hour, and kept within bounds", async () => {
    for (let turn = 0; turn < 8; turn++) await status("i-0", sha256Hex(String(turn)));
    expect(await told()).toBe(5);
    ctx.pass(hour + 1);
    await status("i-0", sha256Hex("later"));
    expect(await told()).toBe(6);

    const [of] = await findAll(ctx.db, "report", { consumerId });
    const others = Array.from({ length: mostInstances - 1 }, (_, at) => ({
      ...of!,
      id: `r-${at}`,
      instance: `old-${at}`,
      receivedAt: at,
    }));
    await ctx.db.transaction((tx) => insert(tx, "report", ...others));
    await status("i-1", sha256Hex("later"));
    expect(await findAll(ctx.db, "report", { consumerId })).toHaveLength(mostInstances);
    expect(await find(ctx.db, "report", { consumerId, instance: "old-0" })).toBeUndefined();

    const [head] = await findAll(ctx.db, "head");
    const activation = { audienceId: server.audienceId ?? "", consumerId, epoch: 1, rev: head?.rev ?? 0 };
    const many = Array.from({ length: mostInstances }, (_, at) => ({
      ...activation,
      id: `a-${at}`,
      instance: `old-${at}`,
      activatedAt: 0,
      receivedAt: 0,
    }));
    await ctx.db.transaction((tx) => insert(tx, "activation", ...many));
    await status("i-2", head?.digest ?? "");
    expect(await findAll(ctx.db, "activation")).toHaveLength(mostInstances);
  });

  test("a head that a server shows proves who signed it, and nothing else does", async () => {
    const head = (await findAll(ctx.db, "head"))[0]!;
    const said = { epoch: head.epoch, seq: head.seq, rev: head.rev, head: head.jws };
    const provenBy = async () => (await find(ctx.db, "report", { instance: "i-0" }))?.provenBy;
    // What is known here needs no proof: as after a restored backup, it is not.
    await status("i-0", head.digest, said);
    expect(await provenBy()).toBeNull();
    await ctx.db.transaction((tx) => update(tx, "head", { id: head.id }, { digest: "gone" }));
    await status("i-0", head.digest, said);
    expect(await provenBy()).toBe(head.kid);
    const lies: [string, object][] = [
      [head.digest, { ...said, seq: head.seq + 50 }],
      [head.digest, { ...said, epoch: head.epoch + 1 }],
      [head.digest, { ...said, head: undefined }],
      [sha256Hex("another"), said],
      [sha256Hex(`${head.jws}A`), { ...said, head: `${head.jws}A` }],
      [sha256Hex("e30.e30."), { ...said, head: "e30.e30." }],
      [sha256Hex("…"), { ...said, head: "…" }],
    ];
    for (const [digest, more] of lies) {
      await status("i-0", digest, more);
      expect([more, await provenBy()]).toEqual([more, null]);
    }
    await ctx.db.transaction((tx) => update(tx, "signingKey", { kid: head.kid }, { state: "revoked" }));
    await status("i-0", head.digest, said);
    expect(await provenBy()).toBeNull();
  });

  test("a server that doubts every client is believed about a hundred", async () => {
    const said = createHash("sha256").update("never served").digest("base64url");
    const doubt = {
      clientRowId,
      consumerId,
      kind: "key" as const,
      instance: "i-0",
      firstAt: ctx.clock(),
      lastAt: ctx.clock(),
      times: 1,
      state: "waiting" as const,
      askedAt: 0,
      looks: 0,
      nextLookAt: 0,
    };
    const doubts = Array.from({ length: 100 }, (_, at) => ({ ...doubt, id: `d-${at}`, digest: `d-${at}` }));
    await ctx.db.transaction((tx) => insert(tx, "splitView", ...doubts));
    const at = ctx.clock() / second;
    const line = {
      client_id: quiet,
      shape: { document_sha256: said },
      allowed: 1,
      refused: 0,
      outcomes: {},
      first_at: at,
      last_at: at,
    };
    const report = { list: "prod", instance: "i-0", batch: "batch-0001", from: 0, to: 1, dropped: 0 };
    await recordSightings(ctx, server, { consumerId, report: { ...report, sightings: [line] } });
    expect(await find(ctx.db, "splitView", { kind: "document" })).toBeUndefined();
  });
});
