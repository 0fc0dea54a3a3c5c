import { afterAll, beforeAll, expect, test } from "vitest";
import { day } from "#lib/core/Instant.ts";
import { insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { clientDocument } from "./clientDocument.ts";
import { compareTwo } from "./compareTwo.ts";
import { redirectHistory } from "./redirectHistory.ts";
import {
  sampleClient,
  sampleMetadata,
  sampleNow as now,
  samplePerson,
  sampleRequest,
  sampleSnapshot,
} from "#lib/views/testing/sampleClients.ts";

const url = "https://tide.example/c";
const cb = (name: string) => `https://tide.example/${name}`;

eachDatabase((open) => {
  let base: TestDatabase;

  beforeAll(async () => {
    base = await open();
    await base.db.transaction(async (tx) => {
      await samplePerson(tx, "mara", "member");
      await sampleClient(
        tx,
        "c1",
        url,
        {
          liveSnapshotId: "c1-s3",
          approvedSnapshotId: "c1-s1",
          approvedExcept: [{ member: "redirect_uris", value: cb("b") }],
          approvedAt: now - 9 * day,
          sync: "challenged",
        },
        { redirect_uris: [cb("a"), cb("b")] },
      );
      const version = (number: number, uris: string[], days: number, attested: boolean | null = null) =>
        sampleSnapshot(tx, "c1", number, sampleMetadata(url, { redirect_uris: uris }), {
          firstSeenAt: now - days * day,
          attested,
        });
      await version(2, [cb("a")], 6);
      await version(3, [cb("a"), cb("b"), cb("c")], 4);
      await version(4, [cb("a"), cb("z")], 1, true);
      await sampleRequest(tx, 1, "c1", { state: "approved", decidedAt: now - 9 * day, snapshotId: "c1-s1" });
      let made = 0;
      for (const [before, after, days, severity] of [
        [1, 2, 6, "medium"],
        [2, 1, 5, "low"],
        [1, 3, 4, "high"],
      ] as const)
        await insert(tx, "change", {
          id: `change${made++}`,
          clientRowId: "c1",
          beforeId: `c1-s${before}`,
          afterId: `c1-s${after}`,
          severity,
          changes: [],
          at: now - days * day,
        });
      await insert(tx, "attestation", {
        id: "att",
        clientRowId: "c1",
        snapshotId: "c1-s4",
        state: "waiting",
        note: "From a browser\u202e.",
        uploadedBy: "mara",
        uploadedAt: now - day,
        revision: 1,
      });
    });
  });
  afterAll(() => base.drop());

  test("versions: what each stands for, how serious the change to it was, and a copy that waits", async () => {
    const { versions, waiting, shown, changes } = await clientDocument(base.db, now, "c1");
    expect(
      versions.map((each) => [
        each.number,
        each.isLive,
        each.isApproved,
        each.severity,
        each.before,
        each.copy,
      ]),
    ).toEqual([
      [4, false, false, null, null, "waiting"],
      [3, true, false, "high", 1, null],
      [2, false, false, "medium", 1, null],
      [1, false, true, "low", 2, null],
    ]);
    expect(versions.map(({ liveAt }) => liveAt && (now - liveAt) / day)).toEqual([null, 4, 6, 5]);
    expect(waiting).toMatchObject({ number: 4, uploadedBy: "Mara", note: "From a browser\\u202E." });
    expect(shown?.number).toBe(3);
    expect(changes.map(({ member }) => member)).toEqual(["redirect_uris"]);
  });

  test("any two versions, in words and line by line", async () => {
    const compared = await compareTwo(base.db, now, "c1", 2, 3);
    expect(compared?.changes.map(({ member }) => member)).toEqual(["redirect_uris"]);
    expect(
      compared?.document.filter(({ kind }) => kind === "added").map(({ text }) => text.trim()),
    ).toContain(`"${cb("b")}",`);
    expect(compared?.keys).toEqual([]);
    expect(await compareTwo(base.db, now, "c1", 2, 9)).toBeUndefined();
    expect(await compareTwo(base.db, now, "none", 1, 2)).toBeUndefined();
    expect((await compareTwo(base.db, now, "c1", 3, 4))?.to).toMatchObject({ number: 4, attested: true });
    expect((await compareTwo(base.db, now, "c1", 2, 2))?.changes).toEqual([]);
  });

  test("since when each redirect is live and approved", async () => {
    const rows = await redirectHistory(base.db, "c1");
    const ago = (at: number | null) => (at === null ? null : (now - at) / day);
    expect(
      rows.map((row) => [
        row.uri,
        row.live && ago(row.liveSince),
        row.approved && ago(row.approvedSince),
        row.leftOut,
        row.returns,
      ]),
    ).toEqual([
      [cb("c"), 4, false, false, 0],
      [cb("b"), 5, false, true, 1],
      [cb("a"), expect.any(Number), 9, false, 0],
    ]);
    expect(await redirectHistory(base.db, "none")).toEqual([]);
  });
});
