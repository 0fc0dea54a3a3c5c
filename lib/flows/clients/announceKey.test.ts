import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { find, findAll, insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { sampleClient, samplePerson, sampleTeam } from "#lib/views/testing/sampleClients.ts";
import { announceKey, withdrawAnnouncement } from "./announceKey.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";

const jkt = (letter: string) => letter.repeat(43);

eachDatabase((open) => {
  let base: TestDatabase;
  let ctx: TestContext;
  let mara: PersonActor;
  let lena: PersonActor;
  let otto: PersonActor;

  beforeAll(async () => {
    base = await open();
    ctx = await openTestContext(base.db);
    await ctx.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "One");
      await sampleTeam(tx, "t2", "Two");
      mara = await samplePerson(tx, "mara", "member", ["t1"]);
      lena = await samplePerson(tx, "lena", "member", ["t2"]);
      otto = await samplePerson(tx, "otto", "auditor", ["t1"]);
      for (const id of ["one", "two"])
        await sampleClient(tx, id, `https://${id}.example/client`, { ownerTeamId: "t1" });
      for (const [client, letter, more] of [
        ["one", "L", {}],
        ["one", "X", { leakedAt: start - day, removedAt: start }],
        ["one", "R", { removedAt: start - 9 * day }],
        ["two", "O", {}],
      ] as const)
        await insert(tx, "clientKey", {
          id: ctx.newId(),
          clientRowId: client,
          jkt: jkt(letter),
          kind: "EC P-256",
          firstSeenAt: start - 30 * day,
          lastSeenAt: start,
          ...more,
        });
    });
  });
  afterAll(async () => {
    await ctx.close();
    await base.drop();
  });

  const announce = (key: unknown, more: object = {}, who = mara) =>
    announceKey(ctx, who, { id: "one", key, note: "Yearly rotation", expectedBy: "2026-12-04", ...more });

  test("keeps the thumbprint, who and until when, and journals it", async () => {
    const { id } = await announce(jkt("N"));
    expect(await find(ctx.db, "announcement", { id })).toMatchObject({
      jkt: jkt("N"),
      announcedBy: "mara",
      note: "Yearly rotation",
      expectedBy: Date.UTC(2026, 11, 4, 23, 59, 59, 999),
      matchedAt: null,
    });
    expect(await find(ctx.db, "journal", { action: "key.announced" })).toMatchObject({ subjectId: "one" });
  });

  test.each<[string, unknown, object, RegExp]>([
    ["announced already", jkt("N"), {}, /already announced/],
    ["published already", jkt("L"), {}, /already published/],
    ["leaked once", jkt("X"), {}, /never counts again/],
    ["of another client", jkt("O"), {}, /Another client/],
    ["in the past", jkt("Q"), { expectedBy: "2026-11-20" }, /over/],
    ["too far away", jkt("Q"), { expectedBy: "2028-01-01" }, /more than a year/],
    ["no such day", jkt("Q"), { expectedBy: "2026-13-40" }, /no such day/],
    ["no day", jkt("Q"), { expectedBy: "soon" }, /Give a day/],
    ["a client that is not there", jkt("Q"), { id: "none" }, /not in the inventory/],
  ])("refuses a key %s", async (_, key, more, sentence) => {
    await expect(announce(key, more)).rejects.toThrow(sentence);
  });

  test("a private key is refused and nothing of it is kept", async () => {
    const jwk = { kty: "EC", crv: "P-256", x: "xx", y: "yy", d: "do-not-keep-me" };
    await expect(announce(JSON.stringify(jwk))).rejects.toThrow(/private key/);
    const kept = JSON.stringify([
      await findAll(ctx.db, "announcement"),
      await findAll(ctx.db, "journal"),
      await findAll(ctx.db, "outbox"),
      ctx.logged,
    ]);
    expect(kept).not.toContain("do-not-keep-me");
  });

  test("only who looks after the client", async () => {
    await expect(announce(jkt("P"), {}, lena)).rejects.toThrow(/owner team/);
    await expect(announce(jkt("P"), {}, otto)).rejects.toThrow(/owner team/);
    await expect(announce(jkt("P"), {}, { ...lena, role: "reviewer" })).resolves.toMatchObject({
      jkt: jkt("P"),
    });
  });

  test("a removed key may come back when it is announced, and an announcement can be taken back once", async () => {
    const { id } = await announce(jkt("R"));
    await expect(withdrawAnnouncement(ctx, lena, { announcementId: id })).rejects.toThrow(/owner team/);
    await withdrawAnnouncement(ctx, mara, { announcementId: id });
    await expect(withdrawAnnouncement(ctx, mara, { announcementId: id })).rejects.toThrow(
      /already withdrawn/,
    );
    await expect(withdrawAnnouncement(ctx, mara, { announcementId: "none" })).rejects.toThrow(/no such/);
    await expect(announce(jkt("R"))).resolves.toBeTruthy();
  });
});
