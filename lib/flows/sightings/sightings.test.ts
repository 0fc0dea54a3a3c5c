import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import type { TokenActor } from "#lib/core/Actor.ts";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { sightingsOf } from "#lib/db/queries/sightingsOf.ts";
import { find, findAll, insert, remove, update } from "#lib/db/rows.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { mostBegun } from "./dayOfServer.ts";
import { discoverSighted } from "./discoverSighted.ts";
import { forgetStrangers } from "./forgetStrangers.ts";
import { forgetSightings } from "./forgetSightings.ts";
import { recordSightings } from "./recordSightings.ts";
import { refreshDueClients } from "#lib/flows/watch/refreshDueClients.ts";
import { settleSplitViews } from "./settleSplitViews.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, quiet, quietRedirect, setStage, type Stage } from "#lib/flows/testing/stage.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

const stranger = "https://harborlight.app/.well-known/oauth-client";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let consumerId: string;
  let server: TokenActor;
  let sent = 0;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox, config: { newClientsPerHour: 5, discoverPerDay: 10 } });
    stage = await setStage(ctx);
    ({ consumerId } = await connectConsumer(ctx, stage.ada, { audienceId: stage.audienceId, name: "idp-1" }));
    const { tokenId } = (await find(ctx.db, "consumer", { id: consumerId })) ?? {};
    server = {
      kind: "token",
      id: tokenId ?? "",
      name: "idp-1",
      role: "consumer",
      audienceId: stage.audienceId,
    };
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const line = (clientId: string, part: Record<string, unknown> = {}, allowed = 1) => ({
    client_id: clientId,
    shape: { redirect_uri: quietRedirect, ...part },
    allowed,
    refused: 1,
    outcomes: { not_listed: 1 },
    first_at: ctx.clock() / second,
    last_at: ctx.clock() / second,
  });
  const report = (lines: readonly object[], batch = `batch-${++sent}-0000`) =>
    recordSightings(ctx, server, {
      consumerId,
      report: { list: "prod", instance: "i-0", batch, from: 0, to: 1, sightings: lines, dropped: 0 },
    });
  const work = async () => {
    await refreshDueClients(ctx);
    await settleSplitViews(ctx);
  };
  /** What the worker does within three minutes, beat by beat. */
  const wait = async () => {
    for (let beat = 0; beat < 3; beat++) {
      await work();
      ctx.pass(minute + 5 * second);
    }
  };
  const findings = async () =>
    (await findAll(ctx.db, "finding")).map(({ rule, severity, state }) => `${rule} ${severity} ${state}`);
  const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");
  const served = async () => {
    const response = await sandbox.control.documents();
    return response.find(({ url }) => url === quiet);
  };

  test("a body counts once, days and shapes are added up, and a clock is believed as far as it can be true", async () => {
    const lines = [
      line(quiet),
      line(quiet, { redirect_uri: "http://127.0.0.1:1234/" }),
      line("not a url", {}),
    ];
    expect(await report(lines, "batch-one")).toMatchObject({ left_out: 1 });
    expect(await report(lines, "batch-one")).toMatchObject({ left_out: 1 });
    await report([line(quiet), line(quiet, { redirect_uri: "http://127.0.0.1:9/" })]);
    const rows = await findAll(ctx.db, "sighting");
    expect(
      rows.map(({ shape, allowed, refused, outcomes }) => ({ shape, allowed, refused, outcomes })),
    ).toEqual(
      [quietRedirect, "http://127.0.0.1:0/"].map((redirect_uri) => ({
        shape: { redirect_uri },
        allowed: 2,
        refused: 2,
        outcomes: { not_listed: 2 },
      })),
    );
    ctx.pass(day);
    await report([line(quiet)]);
    expect(await findAll(ctx.db, "sighting")).toHaveLength(3);
    const over = { shape: { redirect_uri: quietRedirect }, count: 6, allowed: 3, lastAt: ctx.clock() };
    expect(await sightingsOf(ctx.db, stage.audienceId, ctx.clock() - 7 * day)).toMatchObject([
      { clientId: quiet, ...over },
      { clientId: quiet, shape: { redirect_uri: "http://127.0.0.1:0/" }, count: 4 },
    ]);
    expect(await sightingsOf(ctx.db, stage.audienceId, ctx.clock())).toMatchObject([{ count: 2 }]);
    expect(await find(ctx.db, "seenClient", { clientId: quiet })).toMatchObject({
      allowed: 5,
      refused: 5,
      host: "tidewater.dev",
    });
    await expect(
      recordSightings(ctx, { ...server, id: "other" }, { consumerId, report: {} }),
    ).rejects.toMatchObject({ code: "not_allowed" });
    await report([{ ...line(quiet), first_at: 0, last_at: ctx.clock() / second + 400 * 86_400 }]);
    expect(await find(ctx.db, "seenClient", { clientId: quiet })).toMatchObject({
      firstAt: ctx.clock() - 8 * day,
      lastAt: ctx.clock(),
    });
    ctx.pass(91 * day);
    await forgetSightings(ctx);
    expect([...(await findAll(ctx.db, "sighting")), ...(await findAll(ctx.db, "seenClient"))]).toEqual([]);
  });

  test("what one server brings in a day is bounded, counted beyond, and forgotten with the rest", async () => {
    const invented = (from: number) =>
      Array.from({ length: 7 }, (_, n) => line(`https://h.example/${from + n}`));
    const today = () => findAll(ctx.db, "sightingDay");
    for (let turn = 0; turn < 4; turn++) {
      expect(await report(invented(turn * 100))).toMatchObject({ left_out: 2 });
      ctx.pass(hour + second);
    }
    expect(await report(invented(900))).toMatchObject({ left_out: 7 });
    expect(await today()).toMatchObject([{ begun: 20, newClients: 20, leftOut: 15 }]);

    // Known clients, but ever new ways to ask about them: the way is counted out, the client is not.
    await ctx.db.transaction((tx) => update(tx, "sightingDay", {}, { begun: mostBegun - 1 }));
    const before = await find(ctx.db, "seenClient", { clientId: "https://h.example/0" });
    ctx.pass(hour + second);
    const asked = (n: number) => line("https://h.example/0", { scopes: [`s${n}`] });
    expect(await report([asked(1), asked(2), asked(3)])).toMatchObject({ left_out: 2 });
    expect(await report([asked(4)])).toMatchObject({ left_out: 1 });
    expect(await findAll(ctx.db, "sighting", { clientId: "https://h.example/0" })).toHaveLength(2);
    expect(await find(ctx.db, "seenClient", { clientId: "https://h.example/0" })).toMatchObject({
      allowed: (before?.allowed ?? 0) + 4,
    });
    expect(await today()).toMatchObject([{ begun: mostBegun, leftOut: 18 }]);
    expect(
      (await findAll(ctx.db, "outbox", { topic: "server.too_many_clients" })).at(-1)?.payload,
    ).toMatchObject({
      detail: { questionsPerDay: mostBegun },
    });
    ctx.pass(day);
    expect(await report([asked(5)])).toMatchObject({ left_out: 0 });
    ctx.pass(92 * day);
    await forgetSightings(ctx);
    expect(await today()).toEqual([]);
  });

  test("a discovered client that no server meets any more is forgotten, unless somebody did something about it", async () => {
    const other = "https://elsewhere.dev/oauth/client.json";
    await report([line(stranger), line(other)]);
    await discoverSighted(ctx);
    await work();
    const client = async (clientId: string) => find(ctx.db, "client", { clientId });
    expect((await findAll(ctx.db, "snapshot")).length).toBeGreaterThan(0);
    ctx.pass(80 * day);
    await report([line(other)]);
    ctx.pass(15 * day);
    await forgetSightings(ctx);
    const later = { nextFetchAt: ctx.clock() + hour };
    // Due, so somebody may be visiting it.
    expect(await forgetStrangers(ctx)).toBe(0);
    await ctx.db.transaction((tx) => update(tx, "client", {}, { ...later, ownerTeamId: stage.platform }));
    expect(await forgetStrangers(ctx)).toBe(0);
    await ctx.db.transaction((tx) => update(tx, "client", {}, { ownerTeamId: null }));
    const { id } = (await client(stranger))!;
    const announced = { id: "a", clientRowId: id, jkt: "k", note: "", expectedBy: 0, at: 0 };
    await ctx.db.transaction((tx) => insert(tx, "announcement", announced));
    expect(await forgetStrangers(ctx)).toBe(0);
    await ctx.db.transaction((tx) => remove(tx, "announcement", { id: "a" }));
    expect(await forgetStrangers(ctx)).toBe(1);
    expect(await client(stranger)).toBeUndefined();
    expect(await client(other)).toBeDefined();
    expect(await findAll(ctx.db, "snapshot", { clientRowId: id })).toEqual([]);
    expect(await findAll(ctx.db, "journal", { action: "client.forgotten" })).toHaveLength(1);
    // Met again, it comes again.
    await report([line(stranger)]);
    await discoverSighted(ctx);
    expect((await client(stranger))?.lifecycle).toBe("discovered");
  });

  test("invented client_ids are kept up to a number an hour, and that is told once", async () => {
    const invented = (from: number) =>
      Array.from({ length: 7 }, (_, n) => line(`https://h.example/${from + n}`));
    expect(await report(invented(0))).toMatchObject({ left_out: 2 });
    expect(await report(invented(100))).toMatchObject({ left_out: 7 });
    expect(await findAll(ctx.db, "seenClient")).toHaveLength(5);
    const told = (await findAll(ctx.db, "journal")).filter(
      ({ action }) => action === "server.too_many_clients",
    );
    expect(told).toHaveLength(1);
    ctx.pass(hour + second);
    expect(await report(invented(200))).toMatchObject({ left_out: 2 });

    // A thousand lines at once.
    const wide = await openTestContext(home.db, { config: { newClientsPerHour: 5_000 }, ids: "wide" });
    const lines = Array.from({ length: 1_000 }, (_, n) =>
      line(`https://h${n % 400}.example/c`, { scopes: [`s${n}`] }),
    );
    const body = {
      list: "prod",
      instance: "i",
      batch: "wide-0001",
      from: 0,
      to: 1,
      sightings: lines,
      dropped: 0,
    };
    await recordSightings(wide, server, { consumerId, report: body });
    await recordSightings(wide, server, { consumerId, report: { ...body, batch: "wide-0002" } });
    expect((await findAll(ctx.db, "sighting")).length).toBeGreaterThan(1_000);
    await wide.close();
  });

  test("an unknown client is discovered and read; what cannot be one stays a sighting", async () => {
    await report([
      line(stranger),
      line("http://plain.example/c"),
      line("urn:x"),
      line("https://unheard-of.dev/1"),
    ]);
    await report([line("https://unheard-of.dev/2")]);
    expect(await discoverSighted(ctx)).toBe(2);
    await refreshDueClients(ctx);
    expect(await find(ctx.db, "client", { clientId: stranger })).toMatchObject({
      lifecycle: "discovered",
      ownerTeamId: null,
      lastOutcome: "ok",
      name: expect.not.stringMatching(/^harborlight/) as unknown,
    });
    // One client of a host a day, when ten may come.
    expect(await discoverSighted(ctx)).toBe(0);
    ctx.pass(2 * day);
    expect(await discoverSighted(ctx)).toBe(1);
    expect(await discoverSighted(ctx)).toBe(0);
  });

  test("a document that only a server was shown is a finding, until it is read here", async () => {
    await approved(ctx, stage);
    ctx.pass(2 * day);
    const other = JSON.stringify({ ...((await served())?.body as object), client_name: "Tidewater Two" });
    await report([line(quiet, { document_sha256: sha256(other) })]);
    await wait();
    expect(await findings()).toEqual(["sight.document-never-seen critical open"]);
    const [finding] = await findAll(ctx.db, "finding");
    expect(finding?.message).toMatch(
      /idp-1 \(i-0\).*never read here: SHA-256 [0-9a-f]{64}\..*showed SHA-256 [0-9a-f]{64}/,
    );
    await report([line(quiet, { document_sha256: sha256(other) })]);
    await wait();
    expect(await findings()).toHaveLength(1);
    await sandbox.control.publish({ url: quiet, raw: other });
    ctx.pass(day);
    await wait();
    expect(await findings()).toContain("sight.document-never-seen critical resolved");
    expect(await findAll(ctx.db, "splitView")).toEqual([]);

    // So is a key that no key set here ever held; a stranger's documents are nobody's worry.
    const known = (await findAll(ctx.db, "clientKey"))[0]?.jkt;
    await report([
      line(quiet, { jkt: known }),
      line(quiet, { jkt: null }),
      line(quiet, { jkt: sha256("another key") }),
      line(stranger, { document_sha256: sha256("x") }),
    ]);
    await wait();
    expect(known).toBeDefined();
    expect(await findings()).toContain("sight.key-never-seen critical open");

    // What cannot be read here is not judged.
    await sandbox.control.break(quiet, { kind: "status", status: 503 });
    await report([line(quiet, { document_sha256: sha256("x") })]);
    await wait();
    expect((await findings()).filter((each) => each.startsWith("sight."))).toHaveLength(2);
  });

  test("a change that we see a moment later is none, nor is what is read here", async () => {
    await approved(ctx, stage);
    ctx.pass(2 * day);
    const raw = (await findAll(ctx.db, "snapshot"))[0]?.rawDigest ?? "";
    const changed = JSON.stringify({
      ...((await served())?.body as object),
      client_uri: "https://tidewater.dev/a",
    });
    await report([
      line(quiet, { document_sha256: Buffer.from(raw, "hex").toString("base64url") }),
      line(quiet, { document_sha256: sha256(changed) }),
      line(quiet, { document_sha256: "no digest" }),
    ]);
    expect(await findAll(ctx.db, "splitView")).toHaveLength(1);
    await work();
    await sandbox.control.publish({ url: quiet, raw: changed });
    ctx.pass(minute);
    await wait();
    expect((await findings()).filter((each) => each.startsWith("sight."))).toEqual([]);
    expect(await findAll(ctx.db, "splitView")).toEqual([]);
  });
});
