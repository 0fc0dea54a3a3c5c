import { afterEach, beforeEach, expect, it } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { find, insert, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { reviewRequest } from "./reviewRequest.ts";
import {
  sampleAudience,
  sampleClient,
  sampleMetadata,
  sampleNow as now,
  samplePerson,
  sampleRequest,
  sampleSnapshot,
} from "./testing/sampleClients.ts";

const url = "https://tide.example/c";

eachDatabase((open) => {
  let test: TestDatabase;
  let mara: PersonActor;
  let ines: PersonActor;
  let uri: string;
  beforeEach(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      mara = await samplePerson(tx, "mara", "reviewer");
      ines = await samplePerson(tx, "ines", "member");
      uri = await sampleAudience(tx, "prod");
      await sampleAudience(tx, "other");
      await sampleClient(tx, "c1", url, { lifecycle: "pending" });
      await sampleRequest(tx, 3, "c1", {
        grants: [{ resource: uri, scopes: ["write", "read"] }],
        requestedBy: "ines",
      });
      await sampleClient(tx, "c2", "https://b.example/c", { lifecycle: "approved" });
      await sampleRequest(tx, 4, "c2");
      await sampleRequest(tx, 5, "c2", { state: "denied" });
    });
  });
  afterEach(() => test.drop());

  const review = async (person: PersonActor, number = 3, solo = false) => {
    const found = await reviewRequest(test.db, now, person, number, solo);
    if (!found) throw new Error("no review");
    return found;
  };

  it("gathers the evidence of a first approval", async () => {
    const found = await review(mara);
    expect(found).toMatchObject({
      requestedBy: "Ines",
      grants: [{ resource: uri, name: "prod API", sensitive: ["write"] }],
      approved: null,
      differences: [],
      voteObstacle: null,
      approveObstacle: null,
      missingVotes: 1,
      previous: null,
      next: 4,
      position: 1,
      open: 2,
    });
    expect(found.wouldBe).toMatchObject([
      { slug: "prod", entry: { status: "allow", grants: [{ resource: uri, scopes: ["read", "write"] }] } },
    ]);
  });

  it("says why a person cannot vote", async () => {
    expect((await review(ines)).voteObstacle).toContain("Only reviewers");
    await test.db.transaction((tx) => update(tx, "request", { number: 3 }, { requestedBy: "mara" }));
    expect((await review(mara)).voteObstacle).toContain("You asked for this");
    expect((await review(mara)).tooFewVoters).toBe(true);
    expect((await review(mara, 3, true)).voteObstacle).toBeNull();
    await test.db.transaction((tx) => update(tx, "request", { number: 3 }, { requestedBy: null }));
    await test.db.transaction((tx) => update(tx, "client", { id: "c1" }, { lastEditedBy: "mara" }));
    expect((await review(mara)).voteObstacle).toContain("last to edit");
    expect((await review(mara, 5)).voteObstacle).toContain("already decided");
  });

  it("lets a document with errors be denied but not approved", async () => {
    await test.db.transaction((tx) => update(tx, "snapshot", { id: "c1-s1" }, { errors: 2 }));
    const found = await review(mara);
    expect(found.voteObstacle).toBeNull();
    expect(found.approveObstacle).toContain("2 errors in the document");
  });

  it("counts votes on this document only", async () => {
    await test.db.transaction(async (tx) => {
      const digest = (await find(tx, "snapshot", { id: "c1-s1" }))?.digest ?? "";
      await update(tx, "request", { number: 3 }, { requiredVotes: 2 });
      const vote = {
        requestId: "q3",
        personId: "mara",
        verdict: "approve",
        reason: "Fine.",
        at: now,
        voidedAt: null,
      } as const;
      await insert(tx, "vote", { ...vote, id: "v1", digest: "old" }, { ...vote, id: "v2", digest });
    });
    const found = await review(mara);
    expect(found.votes.map((vote) => vote.counts)).toEqual([false, true]);
    expect(found).toMatchObject({ missingVotes: 1, requiredVotes: 2 });
    expect(found.voteObstacle).toContain("You voted on this document");
  });

  it("compares a change with what was approved, and notices that the document moved on", async () => {
    await test.db.transaction(async (tx) => {
      await sampleSnapshot(tx, "c1", 2, sampleMetadata(url, { client_name: "New name" }));
      await update(
        tx,
        "client",
        { id: "c1" },
        { approvedSnapshotId: "c1-s1", liveSnapshotId: "c1-s2", lifecycle: "approved" },
      );
      await update(tx, "request", { number: 3 }, { kind: "change", snapshotId: "c1-s2" });
    });
    const found = await review(mara);
    expect(found.differences).toMatchObject([{ field: "client_name", severity: "high" }]);
    expect(found.liveMoved).toBe(false);
    await test.db.transaction((tx) => update(tx, "client", { id: "c1" }, { liveSnapshotId: "c1-s1" }));
    expect((await review(mara)).liveMoved).toBe(true);
  });

  it("shows what a change of access gains and loses when the document is the approved one", async () => {
    await test.db.transaction(async (tx) => {
      const grant = { clientRowId: "c1", requestId: "q1", createdAt: now };
      await insert(tx, "grant", { ...grant, id: "g1", resource: uri, scopes: ["read"] });
      await insert(tx, "grant", {
        ...grant,
        id: "g2",
        resource: "https://api.example/other",
        scopes: ["read"],
      });
      await update(tx, "client", { id: "c1" }, { approvedSnapshotId: "c1-s1", lifecycle: "approved" });
      await update(tx, "request", { number: 3 }, { kind: "change" });
    });
    const found = await review(mara);
    expect(found.approved?.id).toBe("c1-s1");
    expect(found.differences).toEqual([]);
    expect(found.grants).toMatchObject([{ gained: ["write"] }]);
    expect(found.losing).toEqual(["https://api.example/other read"]);
  });

  it("walks through open requests, also from a decided one", async () => {
    expect(await review(mara, 4)).toMatchObject({ previous: 3, next: null, position: 2 });
    expect(await review(mara, 5)).toMatchObject({ previous: 4, next: 3, position: null });
    expect(await reviewRequest(test.db, now, mara, 99, false)).toBeUndefined();
  });
});
