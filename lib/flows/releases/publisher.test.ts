import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { openDatabase } from "#lib/db/openDatabase.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { replaceNodes } from "#lib/db/queries/listTree.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, insert, remove, update, type Row } from "#lib/db/rows.ts";
import { consoleFacts } from "#lib/views/consoleFacts.ts";
import { collectObjects } from "./collectObjects.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { draftList } from "./draftList.ts";
import { forgetEnded } from "#lib/flows/forgetEnded.ts";
import { publishDueReleases } from "./publishDueReleases.ts";
import { requireLease } from "./publisherLease.ts";
import { publishRelease } from "./publishRelease.ts";
import { resignHeads } from "#lib/flows/signing/resignHeads.ts";
import { resumeAfterRestore } from "./resumeAfterRestore.ts";
import { scheduleRelease } from "./scheduleRelease.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, setStage, type Stage } from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { verifyLists } from "./verifyLists.ts";
import { ownWatch, watchOwnHeads } from "./watchOwnHeads.ts";

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
  let id: string;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
    id = await approved(ctx, stage);
    await publish(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const newest = async (): Promise<Row<"head">> => {
    const head = await latestHead(ctx.db, stage.audienceId);
    if (!head) throw new Error("No head.");
    return head;
  };
  const audience = async () => (await find(ctx.db, "audience", { id: stage.audienceId }))!;
  const reread = async () => (await verifiedList(ctx, stage.audienceId)).entryOf(quiet);
  /** Copies of the approved client under other names, published with the next release. */
  const many = async (count: number) => {
    const client = (await find(ctx.db, "client", { id }))!;
    const grant = (await find(ctx.db, "grant", { clientRowId: id }))!;
    const names = Array.from({ length: count }, (_, n) => `copy-${n}`);
    await ctx.db.transaction(async (tx) => {
      const named = (name: string) => ({ id: name, clientId: `https://tidewater.dev/${name}.json` });
      await insert(tx, "client", ...names.map((name) => ({ ...client, ...named(name) })));
      await insert(
        tx,
        "grant",
        ...names.map((name) => ({ ...grant, id: `grant-${name}`, clientRowId: name })),
      );
      await scheduleRelease(ctx, tx, "copies", 0, names);
    });
    await publishDueReleases(ctx);
  };
  /** The tree as it stands is the one that all entries together give, and every object of it is stored. */
  const expectWhole = async () => {
    const row = await audience();
    const entries = await findAll(ctx.db, "listEntry", { audienceId: row.id });
    const whole = buildTrie(
      entries.map(({ clientId, entry }) => [clientId, entry] as const),
      row.salt ?? undefined,
    );
    const nodes = await findAll(ctx.db, "listNode", { audienceId: row.id });
    const named = nodes.map(({ prefix, sha, count, bytes, isLeaf }) => ({
      prefix,
      sha,
      count,
      bytes,
      isLeaf,
    }));
    const byPrefix = (a: { prefix: string }, b: { prefix: string }) => (a.prefix < b.prefix ? -1 : 1);
    expect(named.sort(byPrefix)).toEqual([...whole.nodes].sort(byPrefix));
    for (const sha of whole.objects.keys())
      expect(await find(ctx.db, "allowlistObject", { sha })).toMatchObject({ unneededSince: null });
    expect(await newest()).toMatchObject({ root: whole.root, count: entries.length });
    expect(await findAll(ctx.db, "listChange")).toEqual([]);
  };

  test("one change writes one path of the tree, and ends where the whole inventory ends", async () => {
    await many(150);
    await expectWhole();
    const before = await findAll(ctx.db, "allowlistObject");
    const { root } = await newest();
    ctx.pass(second);
    await suspendClient(ctx, stage.rui, { id: "copy-7", reason });
    await publishDueReleases(ctx);
    await expectWhole();
    expect((await findAll(ctx.db, "allowlistObject")).length - before.length).toBe(2);
    expect((await newest()).deny).toMatchObject([{ reason: "suspended" }]);
    expect(await verifyLists(ctx)).toMatchObject([{ audience: "prod", ok: true }]);
    // What is needed again is not collected.
    await ctx.db.transaction(async (tx) => {
      await update(tx, "client", { id: "copy-7" }, { lifecycle: "approved" });
      await scheduleRelease(ctx, tx, "again", 0, ["copy-7"]);
    });
    await publishDueReleases(ctx);
    expect((await newest()).root).toBe(root);
    await expectWhole();
  });

  test("a list too large for memory is written in parts, to the same tree", async () => {
    await many(150);
    const row = await audience();
    const { root } = await newest();
    await ctx.db.transaction(async (tx) => {
      await replaceNodes(tx, row.id, "all", []);
      // As a release before this one kept them, and one that is new.
      await update(tx, "listEntry", { audienceId: row.id }, { path: null, changedAt: 7 });
      await remove(tx, "listEntry", { clientId: "https://tidewater.dev/copy-9.json" });
    });
    const lease = await requireLease(ctx, row);
    const limits = { differences: 40, bodies: 4, entries: 50 };
    const drafts = async () => draftList(ctx, row, await newest(), lease, limits);
    expect((await drafts()).root.sha).toBe(root);
    // What was stored ahead without a root is begun again.
    expect((await drafts()).root.sha).toBe(root);
    const entries = await findAll(ctx.db, "listEntry", { audienceId: row.id });
    expect(entries.filter(({ changedAt }) => changedAt === 7).length).toBeGreaterThan(100);
    await publishRelease(ctx, row, "whole");
    expect((await newest()).root).toBe(root);
    await expectWhole();
    expect(await findAll(ctx.db, "listEntry", { changedAt: 7 })).toHaveLength(150);
  });

  test("a publisher that dies loses nothing: the next one publishes what it meant to", async () => {
    await suspendClient(ctx, stage.rui, { id, reason });
    const seq = (await newest()).seq;
    const row = await audience();
    const dead = new Error("killed");
    const keys = { ...ctx.keys, sign: () => Promise.reject(dead) };
    await expect(publishRelease({ ...ctx, keys }, row, "dies before it signed")).rejects.toThrow("killed");
    // Another process: the dead one's right to publish ends by itself.
    ctx.pass(31 * second);
    let transactions = 0;
    const db = {
      ...ctx.db,
      transaction: (async (work) =>
        ctx.db.transaction(async (tx) => {
          const done = await work(tx);
          // The first takes the lease, the second stores the release.
          if (++transactions === 2) throw dead;
          return done;
        })) as typeof ctx.db.transaction,
    };
    await expect(publishRelease({ ...ctx, db }, row, "dies while it stores")).rejects.toThrow("killed");
    expect(await newest()).toMatchObject({ seq });
    expect(await reread()).toMatchObject({ status: "allow" });
    expect((await findAll(ctx.db, "listChange")).map((change) => change.clientRowId)).toEqual([id]);
    ctx.pass(31 * second);
    await publishDueReleases(ctx);
    expect(await newest()).toMatchObject({ seq: seq + 1 });
    expect(await reread()).toMatchObject({ status: "deny" });
    await expectWhole();
  });

  test("whoever lost the right to publish stores nothing", async () => {
    const row = await audience();
    const other = await openDatabase(home.url, "drizzle");
    const second_ = { ...ctx, db: other };
    const slowSign: typeof ctx.keys.sign = async (signer, claims) => {
      ctx.pass(31 * second);
      await publishRelease(second_, row, "faster");
      return ctx.keys.sign(signer, claims);
    };
    const [slow] = await Promise.allSettled([
      publishRelease({ ...ctx, keys: { ...ctx.keys, sign: once(slowSign, ctx.keys.sign) } }, row, "slow"),
    ]);
    const heads = (await findAll(ctx.db, "head")).sort((a, b) => a.seq - b.seq);
    heads.slice(1).forEach((head, index) => expect(head.prev).toBe(heads[index]?.digest));
    expect(new Set(heads.map((head) => head.seq)).size).toBe(heads.length);
    expect((await find(ctx.db, "lease", { name: `publish:${row.id}` }))?.token).toBe(
      slow?.status === "fulfilled" ? 3 : 2,
    );
    // While one works, the other is told to come back.
    await ctx.db.transaction((tx) =>
      update(tx, "lease", { name: `publish:${row.id}` }, { holder: "somebody", until: ctx.clock() + minute }),
    );
    await expect(publishRelease(ctx, row, "too many")).rejects.toMatchObject({ code: "conflict" });
    ctx.pass(hour);
    await resignHeads(ctx);
    await ctx.db.transaction((tx) =>
      update(tx, "lease", { name: `publish:${row.id}` }, { until: ctx.clock() + minute }),
    );
    expect(await publishDueReleases(ctx)).toBe(0);
    await other.close();
  });

  test("an approval that ends leaves the list with the next head, without a row that says so", async () => {
    const { validUntil } = (await find(ctx.db, "client", { id }))!;
    ctx.pass((validUntil ?? 0) - ctx.clock() - 10 * minute);
    await publishRelease(ctx, await audience(), "before");
    expect(await reread()).toMatchObject({ status: "allow" });
    ctx.pass(15 * minute);
    await resignHeads(ctx);
    await publishDueReleases(ctx);
    expect(await reread()).toMatchObject({ status: "deny", reason: "expired" });
    await expectWhole();
  });

  test("a key whose private half becomes public leaves the lists of its domain at once", async () => {
    await ctx.db.transaction(async (tx) => {
      const { keys } = (await find(tx, "snapshot", { clientRowId: id }))!;
      expect(keys.length).toBeGreaterThan(0);
      await insert(tx, "client", {
        ...(await find(tx, "client", { id }))!,
        id: "sibling",
        clientId: "https://tidewater.dev/sibling.json",
        lifecycle: "discovered",
        approvedSnapshotId: null,
      });
      const { followKeys } = await import("#lib/flows/watch/followKeys.ts");
      const leaked = [{ ...keys[0]!, privateMembers: ["d"] }];
      await followKeys(ctx, tx, { id: "sibling", lastFetchedAt: null, failingSince: null }, undefined, {
        keys: leaked,
      });
    });
    const before = await reread();
    await publishDueReleases(ctx);
    const after = await reread();
    expect(before?.jkts).toHaveLength(2);
    expect(after?.jkts).toHaveLength(1);
  });

  test("a blocked host stands in every head, and the epoch is the newest key set's", async () => {
    await ctx.db.transaction(async (tx) => {
      await insert(tx, "hostBlock", { host: "evil.example", reason, at: ctx.clock() - 100 * day });
      await scheduleRelease(ctx, tx, "host blocked", 0, []);
    });
    const { rev } = await newest();
    await publishDueReleases(ctx);
    expect((await newest()).deny).toMatchObject([{ host: "evil.example", reason }]);
    expect((await newest()).rev).toBe(rev + 1);

    const row = {
      version: 1,
      epoch: 2,
      jws: "",
      digest: "",
      roots: [],
      kids: [],
      issuedAt: 0,
      expiresAt: ctx.clock() + day,
      acceptedAt: 0,
      acceptedBy: "Ada",
    };
    await ctx.db.transaction((tx) => insert(tx, "keySet", row));
    const { seq } = await newest();
    await publishRelease(ctx, await audience(), "key set");
    expect(await newest()).toMatchObject({ epoch: 2, seq: seq + 1, keysVersion: 1 });
    await ctx.db.transaction((tx) => insert(tx, "keySet", { ...row, version: 2, epoch: 1 }));
    await expect(publishRelease(ctx, await audience(), "older")).rejects.toMatchObject({ code: "not_ready" });
  });

  test("a list unlike the inventory is found, told, rebuilt and well again", async () => {
    await many(20);
    await ctx.db.transaction((tx) =>
      remove(tx, "listEntry", { clientId: "https://tidewater.dev/copy-3.json" }),
    );
    expect(await verifyLists(ctx, "prod")).toMatchObject([{ ok: false }]);
    const facts = () => consoleFacts(ctx.db, ctx.clock(), stage.ada, false);
    expect((await facts()).troubles).toMatchObject([{ key: "list:prod" }]);
    await publishDueReleases(ctx);
    expect(await verifyLists(ctx)).toMatchObject([{ ok: true }]);
    expect((await facts()).troubles).toEqual([]);
    await expectWhole();
    await expect(verifyLists(ctx, "nowhere")).rejects.toMatchObject({ code: "not_found" });
  });

  test("objects go when no head that reached them has lived for as long as releases are kept, and never while a list is rolled back", async () => {
    const old = await newest();
    await suspendClient(ctx, stage.rui, { id, reason });
    await publishDueReleases(ctx);
    const oldRoot = () => find(ctx.db, "allowlistObject", { sha: old.root });
    expect(await oldRoot()).toMatchObject({ unneededSince: ctx.clock() });
    const life = ctx.config.headLifetimeSeconds * second;
    ctx.pass(life + ctx.config.releasesKeptDays * day);
    expect(await collectObjects(ctx)).toBe(0);
    ctx.pass(1);
    await ctx.db.transaction((tx) =>
      update(tx, "audience", { id: stage.audienceId }, { heldHeadId: old.id }),
    );
    expect(await collectObjects(ctx)).toBe(0);
    await ctx.db.transaction((tx) => update(tx, "audience", { id: stage.audienceId }, { heldHeadId: null }));
    // What a publisher that died left behind is found too; what is needed stays.
    const stray = {
      sha: "0".repeat(64),
      body: "{}",
      gzip: new Uint8Array(1),
      createdAt: ctx.clock() - 2 * day,
    };
    await ctx.db.transaction((tx) => insert(tx, "allowlistObject", stray));
    expect(await collectObjects(ctx)).toBeGreaterThan(0);
    expect(await oldRoot()).toBeUndefined();
    ctx.pass(life + ctx.config.releasesKeptDays * day + 1);
    expect(await collectObjects(ctx)).toBe(1);
    expect((await findAll(ctx.db, "allowlistObject")).map(({ sha }) => sha)).toEqual([(await newest()).root]);
    expect((await findAll(ctx.db, "head")).length).toBeGreaterThan(1);

    const session = { personId: stage.ada.id, createdAt: 0 };
    await ctx.db.transaction(async (tx) => {
      await insert(tx, "session", { ...session, tokenHash: "old", expiresAt: ctx.clock() });
      await insert(tx, "session", { ...session, tokenHash: "new", expiresAt: ctx.clock() + 1 });
      const event = { topic: "t", payload: {}, at: 0, attempts: 1 };
      await insert(tx, "outbox", { ...event, id: "sent", deliveredAt: ctx.clock() - 31 * day });
      await insert(tx, "outbox", { ...event, id: "lately", deliveredAt: ctx.clock() - 29 * day });
      await insert(tx, "outbox", { ...event, id: "waits", nextAttemptAt: 0 });
    });
    await forgetEnded(ctx);
    expect((await findAll(ctx.db, "session")).map(({ tokenHash }) => tokenHash)).toEqual(["new"]);
    expect(await find(ctx.db, "outbox", { id: "sent" })).toBeUndefined();
    expect(await find(ctx.db, "outbox", { id: "lately" })).toBeDefined();
    expect(await find(ctx.db, "outbox", { id: "waits" })).toBeDefined();
  });

  describe("after a restored backup", () => {
    const consumerOf = async (name: string) =>
      (await find(ctx.db, "consumer", { name }))?.id ??
      (await connectConsumer(ctx, stage.ada, { audienceId: stage.audienceId, name })).consumerId;
    const bare = { provenBy: null as string | null, name: "idp" };
    const says = async (seq: number, digest = "d".repeat(64), rev = 40, { provenBy, name } = bare) => {
      const consumer = await consumerOf(name);
      await ctx.db.transaction(async (tx) => {
        await remove(tx, "report", { consumerId: consumer });
        await insert(tx, "report", {
          id: ctx.newId(),
          consumerId: consumer,
          instance: "a",
          epoch: 1,
          seq,
          rev,
          digest,
          provenBy,
          checkedAt: ctx.clock(),
          receivedAt: ctx.clock(),
          mode: "lazy",
          enforcement: "enforce",
          software: "test/1",
        });
      });
    };
    const again = async () => {
      ctx.pass(15 * minute);
      await resignHeads(ctx);
      return publishDueReleases(ctx);
    };

    test("nothing is signed until an administrator resumes, and then after what the servers have", async () => {
      const own = await newest();
      await says(own.seq + 50, undefined, undefined, { ...bare, provenBy: own.kid });
      expect(await again()).toBe(0);
      expect(await newest()).toMatchObject({ seq: own.seq });
      const { troubles } = await consoleFacts(ctx.db, ctx.clock(), stage.ada, false);
      expect(troubles).toMatchObject([
        { key: "restored:prod", sentence: expect.stringContaining("restored from a backup") as string },
      ]);
      const resume = (actor = stage.ada) => resumeAfterRestore(ctx, actor, { audience: "prod", reason });
      await expect(resume(stage.rui)).rejects.toMatchObject({ code: "not_allowed" });
      expect(await resume()).toEqual({ seq: own.seq + 51 });
      expect(await publishDueReleases(ctx)).toBe(1);
      expect(await newest()).toMatchObject({ seq: own.seq + 51, rev: 41, prev: null });
      expect(await again()).toBe(1);
      expect(await newest()).toMatchObject({ seq: own.seq + 52, rev: 41 });
      expect((await consoleFacts(ctx.db, ctx.clock(), stage.ada, false)).troubles).toEqual([]);
      await expect(resume()).rejects.toMatchObject({ code: "conflict" });
      const told = await findAll(ctx.db, "outbox", { topic: "list.stopped" });
      expect(told).toHaveLength(1);
    });

    test("what one server says without proof is shown and stops nothing; what two say stops the list", async () => {
      const own = await newest();
      await says(own.seq + 50);
      expect(await again()).toBe(1);
      const troubles = async () =>
        (await consoleFacts(ctx.db, ctx.clock(), stage.ada, false)).troubles.map(({ key }) => key);
      expect(await troubles()).toEqual(["ahead:prod"]);
      expect(await findAll(ctx.db, "outbox", { topic: "list.doubted" })).toHaveLength(1);
      // A revoked key proves nothing.
      await ctx.db.transaction((tx) =>
        insert(tx, "signingKey", {
          kid: "stolen",
          alg: "ES256",
          state: "revoked",
          publicJwk: {},
          sealedPrivateJwk: "",
          publishedAt: 0,
        }),
      );
      await says(own.seq + 50, undefined, undefined, { ...bare, provenBy: "stolen" });
      expect(await again()).toBe(1);
      await says(own.seq + 60, "e".repeat(64), 40, { ...bare, name: "idp-2" });
      expect(await again()).toBe(0);
      expect(await troubles()).toEqual(["restored:prod"]);
      await says(own.seq, own.digest, 40, { ...bare, name: "idp-2" });
      expect(await again()).toBe(1);
      expect(await troubles()).toEqual(["ahead:prod"]);
      // The word of an administrator makes up for a proof.
      expect(await resumeAfterRestore(ctx, stage.ada, { audience: "prod", reason })).toEqual({
        seq: own.seq + 51,
      });
      expect(await publishDueReleases(ctx)).toBe(1);
      expect(await newest()).toMatchObject({ seq: own.seq + 51, rev: 41, prev: null });
      expect(await troubles()).toEqual([]);
    });

    test("a lie that cannot be believed, a head of ours and an older head stop nothing; a pull does", async () => {
      const own = await newest();
      await says(2 ** 53 - 1);
      expect(await again()).toBe(1);
      await says(own.seq + 9, own.digest);
      expect(await again()).toBe(1);
      await says(own.seq);
      expect(await again()).toBe(1);
      await says(own.seq + 20, undefined, 2 ** 40);
      expect(await again()).toBe(1);
      // What was pulled counts like what is reported, and goes with the server that said so.
      const { seq } = await newest();
      const pulled = (lastPullSeq: number | null) =>
        ctx.db.transaction((tx) => update(tx, "consumer", { name: "idp" }, { lastPullSeq }));
      await pulled(seq + 3);
      expect(await again()).toBe(0);
      await pulled(null);
      expect(await again()).toBe(1);
      expect(await find(ctx.db, "condition", { key: "restored:prod" })).toMatchObject({ ok: true });
    });
  });

  describe("the published list, looked at as a server would", () => {
    /** The public address, answered from the database. */
    const serve =
      (change: { head?: string; status?: number } = {}): typeof fetch =>
      async (address, options) => {
        const headers = new Headers(options?.headers);
        const url = address instanceof Request ? address.url : address.toString();
        if (change.status) return new Response("no", { status: change.status });
        if (url.endsWith("/jwks.json")) {
          const keys = (await findAll(ctx.db, "signingKey")).map((key) => key.publicJwk);
          return Response.json({ keys }, { headers: { "content-type": "application/jwk-set+json" } });
        }
        expect(url).toBe("https://rollcall.example/v1/lists/prod/head");
        if (!headers.get("authorization")) return new Response("no", { status: 401 });
        return new Response(change.head ?? (await newest()).jws, {
          headers: { "content-type": "application/cimd-allowlist+jwt" },
        });
      };
    const trouble = async () => (await find(ctx.db, "condition", { key: "head:prod" }))?.sentence;

    test("is told when it fails twice in a row, is old, or is well again", async () => {
      ctx.pass(minute);
      const watch = ownWatch();
      await watchOwnHeads(ctx, watch, serve());
      expect(await find(ctx.db, "condition", { key: "head:prod" })).toMatchObject({ ok: true });
      await watchOwnHeads(ctx, watch, serve({ status: 502 }));
      expect(await find(ctx.db, "condition", { key: "head:prod" })).toMatchObject({ ok: true });
      await watchOwnHeads(ctx, watch, serve({ status: 502 }));
      expect(await find(ctx.db, "condition", { key: "head:prod" })).toMatchObject({ ok: false });
      expect(await findAll(ctx.db, "outbox", { topic: "list.failing" })).toHaveLength(1);
      await watchOwnHeads(ctx, watch, serve());
      expect(await find(ctx.db, "condition", { key: "head:prod" })).toMatchObject({ ok: true });
      expect(await findAll(ctx.db, "outbox", { topic: "list.recovered" })).toHaveLength(1);
      const old = await newest();
      ctx.pass(15 * minute);
      await resignHeads(ctx);
      await publishDueReleases(ctx);
      ctx.pass(minute);
      for (let turn = 0; turn < 2; turn += 1) await watchOwnHeads(ctx, watch, serve({ head: old.jws }));
      expect(await trouble()).toContain("older than");
      await watchOwnHeads(ctx, watch, serve());
      ctx.pass(31 * minute);
      for (let turn = 0; turn < 2; turn += 1) await watchOwnHeads(ctx, watch, serve());
      expect(await trouble()).toContain("minutes old");
    });

    test("is read with a token of each worker's own, and each one is a line of the journal", async () => {
      const own = () => findAll(ctx.db, "apiToken", { role: "reader" });
      ctx.pass(minute);
      const watch = ownWatch();
      await watchOwnHeads(ctx, watch, serve());
      expect(await own()).toHaveLength(1);
      // Each token of the worker's own is a line of the journal; a fault alone makes none.
      const issued = async () => (await findAll(ctx.db, "journal", { action: "token.issued" })).length;
      expect(await issued()).toBe(1);
      for (let turn = 0; turn < 3; turn += 1) await watchOwnHeads(ctx, watch, serve({ status: 401 }));
      expect(await issued()).toBe(1);
      ctx.pass(10 * minute);
      await watchOwnHeads(ctx, watch, serve({ status: 401 }));
      await watchOwnHeads(ctx, watch, serve());
      expect([await issued(), (await own()).length]).toEqual([2, 1]);
      // Another worker has one of its own, and removes those that have ended.
      await watchOwnHeads(ctx, ownWatch(), serve());
      expect(await own()).toHaveLength(2);
      ctx.pass(25 * hour);
      await watchOwnHeads(ctx, watch, serve());
      expect([await issued(), (await own()).length]).toEqual([4, 1]);
    });
  });
});

function once<T extends (...given: never[]) => unknown>(first: T, then: T): T {
  let used = false;
  return ((...given: Parameters<T>) => (used ? then(...given) : ((used = true), first(...given)))) as T;
}
