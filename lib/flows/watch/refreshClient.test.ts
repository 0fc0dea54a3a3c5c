import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { inventedKey } from "../../../e2e/sandbox/inventedKey.ts";
import { hour, minute } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { refreshClient } from "./refreshClient.ts";
import { refreshDueClients } from "./refreshDueClients.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  approved,
  lookTwice,
  publish,
  quiet,
  quietRedirect,
  setStage,
  vote,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

/** No key set of its own, two redirects, so that one can be lost. */
const two = "https://harborlight.app/.well-known/oauth-client";
const popup = "https://harborlight.app/auth/popup";
const keySet = "https://tidewater.dev/oauth/jwks.json";

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

  const client = async (id: string) => {
    const row = await find(ctx.db, "client", { id });
    if (!row) throw new Error("No client.");
    return row;
  };
  const change = async (url: string, members: Record<string, unknown>) => {
    const served = (await sandbox.control.documents()).find((each) => each.url === url);
    await sandbox.control.publish({ url, body: { ...(served?.body as object), ...members } });
  };
  const entry = async (clientId: string) => {
    await publish(ctx);
    return (await verifiedList(ctx, stage.audienceId)).entryOf(clientId);
  };
  const refresh = (id: string) => refreshClient(ctx, stage.mara, { id });
  const confirm = (id: string) => lookTwice(ctx, stage, id);

  test("an unchanged document changes nothing", async () => {
    const id = await approved(ctx, stage, two);
    await publish(ctx);
    const before = await client(id);
    expect(await refresh(id)).toMatchObject({ outcome: "ok", changed: false });
    expect(await client(id)).toMatchObject({ revision: before.revision, sync: "in_sync" });
    expect(await publish(ctx)).toBe(0);
  });

  test("a redirect that is gone leaves the list at once, and nobody has to be asked", async () => {
    const id = await approved(ctx, stage, two);
    expect((await entry(two))?.redirect_uris).toHaveLength(2);
    await change(two, { redirect_uris: [popup] });
    expect(await confirm(id)).toMatchObject({ changed: true });
    expect((await entry(two))?.redirect_uris).toEqual([{ uri: popup, match: "exact" }]);
    expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "in_sync" });
    expect(await findAll(ctx.db, "request", { state: "open" })).toEqual([]);
  });

  test("what a document gains waits behind a request that drafts itself, and withdraws itself", async () => {
    const id = await approved(ctx, stage);
    const other = "https://tidewater.dev/oauth/other";
    await change(quiet, { redirect_uris: [quietRedirect, other] });
    await confirm(id);
    expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "held" });
    expect((await entry(quiet))?.redirect_uris).toEqual([{ uri: quietRedirect, match: "exact" }]);
    const [open] = await findAll(ctx.db, "request", { state: "open" });
    expect(open).toMatchObject({
      kind: "change",
      requestedBy: null,
      reason: expect.stringContaining(other) as string,
    });

    await change(quiet, { redirect_uris: [quietRedirect] });
    await confirm(id);
    expect(await client(id)).toMatchObject({ sync: "in_sync" });
    expect(await find(ctx.db, "request", { id: open?.id })).toMatchObject({ state: "withdrawn" });

    await change(quiet, { redirect_uris: [quietRedirect, other] });
    await confirm(id);
    const [again] = await findAll(ctx.db, "request", { state: "open" });
    // Nobody asked, so one vote would be one person's.
    expect(await vote(ctx, stage.rui, again?.number ?? 0)).toMatchObject({ state: "open", votesMissing: 1 });
    expect(await vote(ctx, stage.sofia, again?.number ?? 0)).toMatchObject({ state: "approved" });
    expect((await entry(quiet))?.redirect_uris).toHaveLength(2);
    expect(await client(id)).toMatchObject({ sync: "in_sync" });
  });

  test("a new key waits and a removed one leaves at once", async () => {
    const id = await approved(ctx, stage);
    const [old, kept] = [inventedKey("tidewater-2026-09"), inventedKey("tidewater-2026-11")];
    expect((await entry(quiet))?.jkts).toEqual([old.jkt, kept.jkt].sort());
    await sandbox.control.publish({
      url: keySet,
      body: { keys: [kept.publicJwk, inventedKey("tidewater-2027-01").publicJwk] },
    });
    await confirm(id);
    expect((await entry(quiet))?.jkts).toEqual([kept.jkt]);
    expect(await client(id)).toMatchObject({ sync: "held" });
  });

  test("when nothing usable is left the client is suspended", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    await change(quiet, { redirect_uris: ["https://tidewater.dev/elsewhere"] });
    await confirm(id);
    await publish(ctx);
    expect(await client(id)).toMatchObject({
      lifecycle: "suspended",
      lifecycleReason: "No approved redirect URI is left in the live document.",
    });
    const list = await verifiedList(ctx, stage.audienceId);
    expect(list.claims.deny).toMatchObject([{ client_id: quiet, reason: "suspended" }]);
    expect(await list.entryOf(quiet)).toMatchObject({ status: "deny" });
    expect(await findAll(ctx.db, "request", { state: "open" })).toEqual([]);
  });

  test.each([
    ["answers 503", { kind: "status", status: 503 }],
    ["resets the connection", { kind: "reset" }],
    ["redirects", { kind: "redirect", location: "https://evil.example/" }],
    ["compresses", { kind: "gzip" }],
    ["sends too much", { kind: "oversized", bytes: 20_000 }],
  ] as const)("a host that %s keeps its last good copy", async (_, fault) => {
    const id = await approved(ctx, stage);
    const before = await client(id);
    const good = await entry(quiet);
    // Asked conditionally it would say 304, which is neither compressed nor long.
    await ctx.db.transaction((tx) => update(tx, "client", { id }, { etag: null, lastModified: null }));
    await sandbox.control.break(quiet, fault);
    for (const sync of ["in_sync", "in_sync", "unreachable"]) {
      expect((await refresh(id)).changed).toBe(false);
      expect(await client(id)).toMatchObject({ sync, lifecycle: "approved" });
      ctx.pass(16 * minute);
    }
    expect(await client(id)).toMatchObject({ liveSnapshotId: before.liveSnapshotId, failures: 3 });
    expect(await entry(quiet)).toEqual(good);
    await sandbox.control.mend(quiet);
    await refresh(id);
    expect(await client(id)).toMatchObject({ sync: "in_sync", failures: 0, failingSince: null });
  });

  test("a key set that cannot be read keeps the keys, and what the document lost is still lost", async () => {
    const id = await approved(ctx, stage);
    const before = await entry(quiet);
    await sandbox.control.break(keySet, { kind: "status", status: 500 });
    await refresh(id);
    expect((await entry(quiet))?.jkts).toEqual(before?.jkts);
    await change(quiet, { redirect_uris: ["https://tidewater.dev/elsewhere"] });
    await confirm(id);
    await publish(ctx);
    expect(await client(id)).toMatchObject({ lifecycle: "suspended" });
  });

  test("a document that turns to a key set nobody can read still loses what it lost, and its keys stay", async () => {
    const id = await approved(ctx, stage, two);
    await change(two, { redirect_uris: [popup], jwks_uri: "https://harborlight.app/no-such-keys.json" });
    await confirm(id);
    expect((await entry(two))?.redirect_uris).toEqual([{ uri: popup, match: "exact" }]);
    expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "held" });
  });

  test("a private key in the key set of an approved client suspends it with the next release", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    const served = (await sandbox.control.documents()).find((each) => each.url === keySet);
    const keys = (served?.body as { keys: object[] } | undefined)?.keys ?? [];
    await sandbox.control.publish({
      url: keySet,
      body: { keys: [{ ...keys[0], d: "c2VjcmV0" }, ...keys.slice(1)] },
    });
    await refresh(id);
    expect(await publish(ctx)).toBeGreaterThan(0);
    expect(await client(id)).toMatchObject({ lifecycle: "suspended" });
    expect(JSON.stringify(await findAll(ctx.db, "snapshot"))).not.toContain("c2VjcmV0");
  });

  test("a bot challenge shows at once, and growth that waited still waits when it is over", async () => {
    const id = await approved(ctx, stage, two);
    await change(two, { client_name: "Harborlight Two" });
    await confirm(id);
    expect(await client(id)).toMatchObject({ sync: "held" });
    await sandbox.control.break(two, { kind: "challenge" });
    await refresh(id);
    expect(await client(id)).toMatchObject({ sync: "challenged", lifecycle: "approved" });
    await sandbox.control.mend(two);
    expect(await refresh(id)).toMatchObject({ outcome: "ok" });
    expect(await client(id)).toMatchObject({ sync: "held" });
  });

  test.each([
    ["critical", 0, 0.3],
    ["medium", 6.5, 13],
    ["low", 2, 28],
  ] as const)("a year of max-age does not blind us to a %s client", async (riskTier, least, most) => {
    const id = await approved(ctx, stage, two);
    const served = (await sandbox.control.documents()).find((each) => each.url === two);
    const headers = { "cache-control": "max-age=31536000, immutable" };
    await sandbox.control.publish({ url: two, body: served?.body, headers });
    await ctx.db.transaction((tx) => update(tx, "client", { id }, { riskTier, lastUnconditionalAt: null }));
    for (const outcome of ["ok", "ok"]) {
      expect(await refresh(id)).toMatchObject({ outcome });
      const hours = (((await client(id)).nextFetchAt ?? 0) - ctx.clock()) / hour;
      expect(hours).toBeGreaterThan(least);
      expect(hours).toBeLessThan(most);
    }
  });

  test("due clients are fetched once by two workers, and not again before their time", async () => {
    const ids = [await approved(ctx, stage), await approved(ctx, stage, two)];
    ctx.pass(49 * hour);
    const other = await openTestContext(home.db, { sandbox, ids: "other" });
    other.pass(ctx.clock() - other.clock());
    const fetched = await Promise.all([refreshDueClients(ctx), refreshDueClients(other)]);
    expect(fetched.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(await refreshDueClients(ctx)).toBe(0);
    for (const id of ids) {
      const row = await client(id);
      expect(row.nextFetchAt).toBeGreaterThan(ctx.clock());
    }
    await other.close();
  });
});
