import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { composeHead } from "#lib/core/allowlist/composeHead.ts";
import { day } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { appendJournal } from "#lib/db/queries/appendJournal.ts";
import { listJournalAfter } from "#lib/db/queries/listJournalAfter.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, findAll, insert, remove, update, type Row } from "#lib/db/rows.ts";
import { activeSigner } from "#lib/flows/signing/activeSigner.ts";
import { appendToLog } from "#lib/flows/log/appendToLog.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { newestCheckpoint } from "#lib/flows/log/newestCheckpoint.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { verifyJournal } from "./verifyJournal.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let audienceId: string;
  /** A head as a server keeps it: made when the log had 11 leaves or so, itself logged, with more lines after it. */
  let kept: string;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    await turnSigningKeys(ctx);
    ({ id: audienceId } = await createAudience(ctx, systemActor, { slug: "prod", name: "Production" }));
    await write("one", 6);
    await appendToLog(ctx);
    kept = (await publish(1)).jws;
    await write("two", 4);
    await appendToLog(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const tamper = (work: (tx: Write) => Promise<unknown>) => ctx.db.transaction(work);
  const sentence = async (head?: string) => (await verifyJournal(ctx.db, head)).sentence;

  async function write(name: string, count: number): Promise<void> {
    const subject = { kind: "team", id: "t", name };
    await tamper(async (tx) => {
      for (let n = 0; n < count; n++)
        await appendJournal(tx, systemActor, ctx.clock(), { action: "team.named", subject });
    });
  }

  async function publish(seq: number): Promise<Row<"head">> {
    const { kid, sign } = await activeSigner(ctx);
    const claims = composeHead({
      iss: ctx.config.baseUrl,
      sub: `${ctx.config.baseUrl}/v1/lists/prod/head`,
      now: ctx.clock(),
      lifetime: day,
      ttl: 10,
      epoch: 1,
      seq,
      rev: 1,
      root: "0".repeat(64),
      count: 0,
      deny: [],
      log: await newestCheckpoint(ctx.db),
    });
    const jws = await sign(claims);
    const { iss: _iss, sub: _sub, iat: _iat, exp: _exp, v: _v, ttl: _ttl, log: _log, ...columns } = claims;
    const head = {
      ...columns,
      id: ctx.newId(),
      audienceId,
      jws,
      digest: sha256Hex(jws),
      kid,
      prev: null,
      issuedAt: ctx.clock(),
      expiresAt: ctx.clock() + day,
      cause: "test",
      ns: null,
      keysVersion: null,
    } as Row<"head">;
    await tamper((tx) => insert(tx, "head", head));
    return head;
  }

  /** Takes the journal back to before line `from` and writes other lines, with hashes that are right again. */
  async function rewriteJournal(from: number): Promise<void> {
    await tamper(async (tx) => {
      const before = (await listJournalAfter(tx, from - 2, 1))[0];
      const gone = await listJournalAfter(tx, from - 1, 1_000);
      for (const { seq } of gone) await remove(tx, "journal", { seq });
      await update(tx, "journalHead", { id: "journal" }, { seq: from - 1, hash: before?.hash ?? "" });
      for (let n = 0; n < gone.length; n++)
        await appendJournal(tx, systemActor, ctx.clock(), {
          action: "team.named",
          subject: { kind: "team", id: "t", name: "never happened" },
        });
    });
  }

  const forgetLog = () =>
    tamper(async (tx) => {
      for (const { index } of await findAll(tx, "logLeaf")) await remove(tx, "logLeaf", { index });
      for (const { id } of await findAll(tx, "logTile")) await remove(tx, "logTile", { id });
      for (const { size } of await findAll(tx, "logCheckpoint")) await remove(tx, "logCheckpoint", { size });
    });

  test("journal, log and a kept head hold together; lines of this moment are only not in it yet", async () => {
    const verdict = await verifyJournal(ctx.db, kept);
    expect(verdict).toMatchObject({ ok: true, kept: { ok: true, seq: 1 }, log: { waiting: 0 } });
    expect(verdict.kept?.sentence).toMatch(
      /is leaf \d+ of the log, and the \d+ leaves it names are the beginning/,
    );
    await write("three", 2);
    expect(await verifyJournal(ctx.db, kept)).toMatchObject({ ok: true, log: { waiting: 2 } });
    expect(await sentence()).toContain("2 lines are not in it yet");
  });

  test("a journal written anew, with every hash right, is not the one in the log", async () => {
    await rewriteJournal(5);
    expect(await sentence()).toMatch(/^Line 5 is not the one in the log \(leaf 4\)/);
  });

  test("a journal that ends before the log does was cut off", async () => {
    await tamper(async (tx) => {
      const [last] = (await listJournalAfter(tx, 0, 1_000)).slice(-1);
      await remove(tx, "journal", { seq: last?.seq });
      await update(tx, "journalHead", { id: "journal" }, { seq: (last?.seq ?? 0) - 1, hash: last?.prevHash });
    });
    expect(await sentence()).toMatch(
      /^The journal ends at line \d+, but the log holds line \d+: lines were cut/,
    );
  });

  test("journal and log written anew together do not fool whoever kept a head", async () => {
    await rewriteJournal(5);
    await forgetLog();
    // The worker refuses to sign it while a head here still names the longer log …
    await expect(appendToLog(ctx)).rejects.toThrow("cut or changed");
    // … so the intruder takes that away too, and everything here verifies again.
    await tamper((tx) => remove(tx, "head", { audienceId }));
    await appendToLog(ctx);
    await publish(2);
    await appendToLog(ctx);
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true });
    const verdict = await verifyJournal(ctx.db, kept);
    expect(verdict).toMatchObject({ ok: false, kept: { ok: false, seq: 1 } });
    expect(verdict.sentence).toMatch(
      /names a log whose first \d+ leaves are not those of today's: it was written anew/,
    );
  });

  test("a log cut back to before a kept head is told by its size", async () => {
    await tamper(async (tx) => {
      for (const { seq } of await listJournalAfter(tx, 3, 1_000)) await remove(tx, "journal", { seq });
      const third = await find(tx, "journal", { seq: 3 });
      await update(tx, "journalHead", { id: "journal" }, { seq: 3, hash: third?.hash });
      await remove(tx, "head", { audienceId });
    });
    await forgetLog();
    await appendToLog(ctx);
    expect(await verifyJournal(ctx.db)).toMatchObject({ ok: true });
    expect(await sentence(kept)).toMatch(/names a log of \d+ leaves; today's has \d: it was cut off/);
  });

  test("the newest head alone tells of a log that was written anew behind it", async () => {
    await rewriteJournal(5);
    await forgetLog();
    const head = await find(ctx.db, "head", { audienceId });
    await tamper((tx) => remove(tx, "head", { audienceId }));
    await appendToLog(ctx);
    await tamper((tx) => insert(tx, "head", head as Row<"head">));
    expect(await sentence()).toMatch(/^The newest head of prod names a log whose first/);
  });

  test.each<[string, RegExp, (tx: Write) => Promise<unknown>]>([
    [
      "a leaf",
      /^Leaf 3 of the log says one thing/,
      (tx) => update(tx, "logLeaf", { index: 3 }, { body: "{}" }),
    ],
    [
      "a leaf's column",
      /^Leaf 3 of the log says one thing/,
      (tx) => update(tx, "logLeaf", { index: 3 }, { ref: "x" }),
    ],
    ["a missing leaf", /^Leaf 3 of the log is missing/, (tx) => remove(tx, "logLeaf", { index: 3 })],
    [
      "a tile",
      /^Tile 0\/0 of the log is not what/,
      (tx) => update(tx, "logTile", { id: "0/0" }, { hashes: new Uint8Array(64) }),
    ],
    [
      "a head",
      /^Head id-\d+ is not the one in the log/,
      (tx) => update(tx, "head", { seq: 1 }, { digest: "0".repeat(64) }),
    ],
    [
      "a head taken away",
      /is in the log \(leaf \d+\) and was taken away/,
      (tx) => remove(tx, "head", { seq: 1 }),
    ],
    [
      "a checkpoint's note",
      /is not signed by the log's key/,
      async (tx) => {
        for (const { size, note } of await findAll(tx, "logCheckpoint"))
          await update(tx, "logCheckpoint", { size }, { note: note.replace(/\n\d+\n/, "\n7\n") });
      },
    ],
    [
      "a checkpoint's root",
      /do not make the root/,
      async (tx) => {
        for (const { size } of await findAll(tx, "logCheckpoint"))
          await update(tx, "logCheckpoint", { size }, { root: "0".repeat(64) });
      },
    ],
  ])("%s that was changed is named", async (_, expected, change) => {
    await tamper(change);
    expect(await sentence()).toMatch(expected);
  });

  test.each([
    ["something else", () => "not a head", /^This head does not verify|^This is not a head/],
    ["a changed head", () => kept.slice(0, -8) + "AAAAAAAA", /^This head does not verify/],
  ])("%s is no kept head", async (_, head, expected) => {
    expect(await sentence(head())).toMatch(expected);
  });
});
