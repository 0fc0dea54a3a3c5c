import { createPublicKey, verify } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { parseCheckpoint } from "#lib/core/log/checkpoint.ts";
import { formatLogEntry, parseLogEntry } from "#lib/core/log/logEntry.ts";
import { parseNote, parseVerifierKey } from "#lib/core/log/signedNote.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, insert, remove, update } from "#lib/db/rows.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { logState } from "#lib/views/log/logState.ts";
import { verifyJournal } from "#lib/views/log/verifyJournal.ts";
import { appendToLog } from "./appendToLog.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { newestCheckpoint } from "./newestCheckpoint.ts";
import { note } from "#lib/flows/note.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    await turnSigningKeys(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const write = (count: number) =>
    ctx.db.transaction(async (tx) => {
      const subject = { kind: "team", id: "t", name: "Team" };
      for (let n = 0; n < count; n++) await note(ctx, tx, systemActor, { action: "team.named", subject });
    });
  const leaves = async () => (await findAll(ctx.db, "logLeaf")).sort((one, other) => one.index - other.index);
  const claimsOf = async (seq: number) => {
    const jws = (await find(ctx.db, "head", { seq }))?.jws ?? "";
    return JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()) as { log?: object };
  };
  const publish = async () => {
    await ctx.db.transaction((tx) => scheduleRelease(ctx, tx, "test", 0));
    await publishDueReleases(ctx);
  };

  test("takes in every line, key set and head once, each with its hash, and signs how far it came", async () => {
    expect(await newestCheckpoint(ctx.db)).toBeUndefined();
    await createAudience(ctx, systemActor, { slug: "prod", name: "Production" });
    await publishDueReleases(ctx);
    await ctx.db.transaction((tx) =>
      insert(tx, "keySet", {
        version: 1,
        epoch: 1,
        jws: "a.b.c",
        digest: sha256Hex("a.b.c"),
        roots: [],
        kids: [],
        issuedAt: 0,
        expiresAt: 0,
        acceptedAt: 0,
        acceptedBy: "Ada",
      }),
    );
    const appended = await appendToLog(ctx);
    expect(await appendToLog(ctx)).toBe(0);
    const carried = await newestCheckpoint(ctx.db);
    await publish();
    expect((await claimsOf(2)).log).toEqual(carried);
    expect(await claimsOf(1)).not.toHaveProperty("log");
    expect(await appendToLog(ctx)).toBeGreaterThan(0);

    const all = await leaves();
    expect(all.map(({ index }) => index)).toEqual(all.map((_, n) => n));
    const journal = await findAll(ctx.db, "journal");
    const heads = await findAll(ctx.db, "head");
    expect(heads).toHaveLength(2);
    expect(all).toHaveLength(journal.length + heads.length + 1);
    for (const { seq, hash } of journal)
      expect((await find(ctx.db, "logLeaf", { kind: "audit", ref: String(seq) }))?.body).toBe(
        formatLogEntry({ k: "audit", id: String(seq), sha256: hash }),
      );
    for (const { id, digest } of heads)
      expect(parseLogEntry((await find(ctx.db, "logLeaf", { kind: "head", ref: id }))?.body ?? "")).toEqual({
        k: "head",
        id,
        sha256: digest,
      });
    expect(all[0]).toMatchObject({ kind: "keys", ref: "1" });

    const first = await find(ctx.db, "logCheckpoint", { size: appended });
    expect(first).toBeDefined();
    const state = await logState(ctx.db);
    const key = parseVerifierKey(state?.verifierKey ?? "");
    const signed = parseNote(state?.note ?? "");
    if (!key || !signed || !state) throw new Error("No checkpoint.");
    expect(signed.signatures[0]).toMatchObject({ name: "rollcall.example/v1/log", keyId: key.keyId });
    const x = Buffer.from(key.publicKey).toString("base64url");
    const publicKey = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
    const signature = signed.signatures[0]?.signature ?? new Uint8Array();
    expect(verify(null, Buffer.from(signed.text), publicKey, signature)).toBe(true);
    expect(parseCheckpoint(signed.text)).toMatchObject({ origin: state.origin, size: all.length });
    expect(await newestCheckpoint(ctx.db)).toEqual({
      origin: "rollcall.example/v1/log",
      size: all.length,
      root: state.root,
    });
    expect(await find(ctx.db, "journal", { action: "log.started" })).toBeDefined();
  });

  test("many lines of an old installation come in several steps, and two workers append each once", async () => {
    await write(70);
    await Promise.all([appendToLog(ctx, 30), appendToLog(ctx, 30)]);
    await appendToLog(ctx);
    const journal = await findAll(ctx.db, "journal");
    expect((await leaves()).map(({ ref }) => Number(ref))).toEqual(journal.map((_, n) => n + 1));
    expect((await findAll(ctx.db, "logCheckpoint")).length).toBeGreaterThan(2);
    expect(await findAll(ctx.db, "logKey")).toHaveLength(1);
  });

  test("a log that was cut below what a published head names is not signed anew", async () => {
    await createAudience(ctx, systemActor, { slug: "prod", name: "Production" });
    await appendToLog(ctx);
    const claimed = await newestCheckpoint(ctx.db);
    await publishDueReleases(ctx);
    await ctx.db.transaction((tx) =>
      update(tx, "head", { seq: 1 }, { jws: `e30.${base64Url(JSON.stringify({ log: claimed }))}.` }),
    );
    await appendToLog(ctx);
    await ctx.db.transaction(async (tx) => {
      for (const name of ["logLeaf", "logTile", "logCheckpoint"] as const)
        for (const row of await findAll(tx, name)) await remove(tx, name, row);
    });
    await expect(appendToLog(ctx)).rejects.toThrow("it was cut or changed");
    await expect(appendToLog(ctx)).rejects.toThrow("it was cut or changed");
    expect(await newestCheckpoint(ctx.db)).toBeUndefined();
    expect(await find(ctx.db, "condition", { key: "log" })).toMatchObject({ ok: false });
    expect(await findAll(ctx.db, "outbox", { topic: "log.stopped" })).toHaveLength(1);
  });

  const resume = () =>
    ctx.db.transaction((tx) =>
      note(ctx, tx, systemActor, {
        action: "list.resumed",
        subject: { kind: "audience", id: "a", name: "prod" },
        detail: { after: 482, reason: "A backup was restored." },
      }),
    );

  test("however many lines wait before the one that says so, nothing more is signed under the old name", async () => {
    await write(3);
    await appendToLog(ctx);
    const old = await newestCheckpoint(ctx.db);
    await write(1_010);
    await resume();
    expect(await newestCheckpoint(ctx.db)).toBeUndefined();
    await appendToLog(ctx, 300);
    const origins = (await findAll(ctx.db, "logCheckpoint"))
      .filter(({ size }) => size > (old?.size ?? 0))
      .map(({ note }) => note.split("\n")[0]);
    expect(origins.length).toBeGreaterThan(3);
    expect(new Set(origins)).toEqual(new Set([(await newestCheckpoint(ctx.db))?.origin]));
    expect(origins[0]).not.toBe(old?.origin);
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true });
  }, 60_000);

  test("while a list is stopped because servers know more, the log waits", async () => {
    await write(3);
    await appendToLog(ctx);
    const { size } = (await newestCheckpoint(ctx.db)) ?? {};
    const is = (ok: boolean) => ({ key: "restored:prod", ok, sentence: "…", since: 0, checkedAt: 0 });
    await ctx.db.transaction((tx) => insert(tx, "condition", is(false)));
    await write(2);
    expect(await appendToLog(ctx)).toBe(0);
    expect(await newestCheckpoint(ctx.db)).toMatchObject({ size });
    await ctx.db.transaction((tx) => update(tx, "condition", { key: "restored:prod" }, is(true)));
    expect(await appendToLog(ctx)).toBe(2);
  });

  test("after a restored backup the log goes on under another name, so that no server calls it a fork", async () => {
    await write(3);
    await appendToLog(ctx);
    const before = await newestCheckpoint(ctx.db);
    await resume();
    expect(await newestCheckpoint(ctx.db)).toBeUndefined();
    await appendToLog(ctx);
    const after = await newestCheckpoint(ctx.db);
    expect(after?.origin).toMatch(/^rollcall\.example\/v1\/log\/\d+$/);
    expect(after?.size).toBeGreaterThan(before?.size ?? 0);
    await write(1);
    await appendToLog(ctx);
    expect((await newestCheckpoint(ctx.db))?.origin).toBe(after?.origin);
    expect(await findAll(ctx.db, "logKey")).toHaveLength(2);
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true, log: { origin: after?.origin } });
  });
});

function base64Url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
