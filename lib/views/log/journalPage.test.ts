import { afterEach, beforeEach, expect, it } from "vitest";
import { systemActor, type PersonActor } from "#lib/core/Actor.ts";
import { appendJournal } from "#lib/db/queries/appendJournal.ts";
import { update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { journalPage } from "./journalPage.ts";
import { sampleNow as now, samplePerson } from "#lib/views/testing/sampleClients.ts";
import { verifyJournal } from "./verifyJournal.ts";

eachDatabase((open) => {
  let test: TestDatabase;
  let mara: PersonActor;
  beforeEach(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      mara = await samplePerson(tx, "mara", "admin");
      const client = { kind: "client", id: "c1", name: "https://tide.example/c" };
      await appendJournal(tx, mara, now, {
        action: "client.registered",
        subject: client,
        detail: { reason: "It is 100% needed" },
      });
      await appendJournal(tx, mara, now, { action: "vote.approve", subject: client, detail: { number: 7 } });
      await appendJournal(tx, systemActor, now, {
        action: "release.published",
        subject: { kind: "audience", id: "a1", name: "prod" },
        detail: { rev: 3, cause: "approve \u202E" },
      });
    });
  });
  afterEach(() => test.drop());

  const seqs = async (filter: Parameters<typeof journalPage>[2], limit = 10) =>
    (await journalPage(test.db, now, filter, limit)).lines.map((line) => line.seq);

  it("filters and pages, newest first", async () => {
    expect(await seqs({})).toEqual([3, 2, 1]);
    expect(await seqs({ area: "client" })).toEqual([1]);
    expect(await seqs({ text: "MARA" })).toEqual([2, 1]);
    expect(await seqs({ text: "100% needed" })).toEqual([1]);
    expect(await seqs({ text: "1_0%" })).toEqual([]);
    expect(await seqs({ subjectId: "a1" })).toEqual([3]);
    expect(await seqs({ actorId: "mara", before: 2 })).toEqual([1]);
    const page = await journalPage(test.db, now, {}, 2);
    expect(page).toMatchObject({ next: 2, total: 3 });
  });

  it("shows untrusted text escaped", async () => {
    const [line] = (await journalPage(test.db, now, {}, 1)).lines;
    expect(line?.note).toBe("release 3 · “approve \\u202E”");
  });

  it("verifies the chain and finds the line that was changed", async () => {
    expect(await verifyJournal(test.db)).toMatchObject({ ok: true, lines: 3 });
    await test.db.transaction((tx) => update(tx, "journal", { seq: 2 }, { action: "vote.deny" }));
    expect(await verifyJournal(test.db)).toMatchObject({
      ok: false,
      sentence: "Line 2 says one thing in its columns and another in its bytes.",
    });
  });

  it("notices lines cut off at the end", async () => {
    await test.db.transaction((tx) => update(tx, "journalHead", { id: "journal" }, { seq: 5 }));
    expect((await verifyJournal(test.db)).sentence).toContain("lines were cut off");
  });
});
