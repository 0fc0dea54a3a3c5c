import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { requestRecord } from "./requestRecord.ts";
import { reviewRequest } from "./reviewRequest.ts";
import {
  sampleAudience,
  sampleClient,
  sampleMetadata,
  sampleNow as now,
  samplePerson,
  sampleRequest,
  sampleSnapshot,
} from "#lib/views/testing/sampleClients.ts";

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
      changes: [],
      selection: { parts: [] },
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
    expect(found.voteObstacle).toBeNull();
    expect(found.ownVote).toContain("Your vote counts once");
    expect(found.approveObstacle).toBe("");
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
    expect(found.changes).toMatchObject([{ member: "client_name", severity: "high", effect: "growth" }]);
    expect(found.members).toMatchObject({ changed: 1 });
    expect(found.redirectMap).toBeNull();
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
    expect(found.changes).toEqual([]);
    expect(found.grants).toMatchObject([{ gained: ["write"] }]);
    expect(found.losing).toEqual(["https://api.example/other read"]);
  });

  it("walks through open requests, also from a decided one", async () => {
    expect(await review(mara, 4)).toMatchObject({ previous: 3, next: null, position: 2 });
    expect(await review(mara, 5)).toMatchObject({ previous: 4, next: 3, position: null });
    expect(await reviewRequest(test.db, now, mara, 99, false)).toBeUndefined();
  });

  describe("parts of a change", () => {
    const relay = "https://relay.test/x";
    const bot = "https://tide.example/bot";
    const cast = async (id: string, person: string, excluded: Row<"vote">["excluded"] = null) => {
      const digest = (await find(test.db, "snapshot", { id: "c1-s2" }))?.digest ?? "";
      await test.db.transaction((tx) =>
        insert(tx, "vote", {
          id,
          requestId: "q3",
          personId: person,
          verdict: "approve",
          reason: "Fine.",
          digest,
          excluded,
          at: now,
          voidedAt: null,
        }),
      );
    };
    const choose = async (leave?: readonly string[]) => {
      const found = await reviewRequest(test.db, now, mara, 3, false, leave);
      if (!found) throw new Error("no review");
      return found;
    };

    beforeEach(async () => {
      await test.db.transaction(async (tx) => {
        await samplePerson(tx, "jun", "reviewer");
        const redirect_uris = ["https://tide.example/callback", bot, relay];
        await sampleSnapshot(tx, "c1", 2, sampleMetadata(url, { redirect_uris, client_name: "New name" }));
        const approved = {
          approvedSnapshotId: "c1-s1",
          liveSnapshotId: "c1-s2",
          lifecycle: "approved",
        } as const;
        await update(tx, "client", { id: "c1" }, approved);
        await update(tx, "request", { number: 3 }, { kind: "change", snapshotId: "c1-s2", requiredVotes: 2 });
        await insert(tx, "grant", {
          id: "g1",
          clientRowId: "c1",
          resource: uri,
          scopes: ["read", "write"],
          requestId: "q1",
          createdAt: now,
        });
      });
    });

    it("suggests to leave out what is critical, and says what a list would then say", async () => {
      const found = await choose();
      expect(found.selection.parts.map(({ label, accepted }) => [label, accepted])).toEqual([
        ["relay.test/x", false],
        ["client_name", true],
        ["tide.example/bot", true],
      ]);
      expect(found.selection.leftOut).toEqual(["relay.test/x"]);
      expect(found.wouldBe[0]?.entry.redirect_uris?.map((each) => each.uri)).toEqual([
        bot,
        "https://tide.example/callback",
      ]);
      expect(found.redirectMap?.groups.map(({ who }) => who)).toEqual(["tide.example", "relay.test"]);
      expect(found.approveObstacle).toBeNull();
    });

    it("follows what a person ticks, and refuses to accept nothing", async () => {
      const all = (await choose()).selection.parts.map(({ id }) => id);
      const everything = await choose([]);
      expect(everything.selection.leftOut).toEqual([]);
      expect(everything.wouldBe[0]?.entry.redirect_uris).toHaveLength(3);
      expect((await choose(all)).approveObstacle).toContain("Nothing is selected");
      expect((await choose(["nonsense"])).selection.leftOut).toEqual([]);
    });

    it("tells votes for other selections apart, and offers to choose the same", async () => {
      await cast("v1", "jun", [{ member: "redirect_uris", value: relay }]);
      const same = await choose();
      expect(same.votes).toMatchObject([
        {
          selection: { accepted: ["client_name", "tide.example/bot"], leftOut: ["relay.test/x"] },
          leave: null,
        },
      ]);
      expect(same).toMatchObject({ missingVotes: 1, tallyObstacle: null });
      const [relayId] = same.selection.parts.map(({ id }) => id);
      expect((await choose([])).votes).toMatchObject([{ leave: [relayId] }]);

      await cast("v2", "mara");
      const mine = await choose();
      expect(mine.selection.leftOut).toEqual([]);
      expect(mine.ownVote).toContain("another one takes its place");
      expect(mine.approveObstacle).toContain("Choose other parts");
      expect(mine.tallyObstacle).toBe(
        "Jun accepted another selection, and only votes for the same one count together.",
      );
      expect((await choose([relayId ?? ""])).approveObstacle).toBeNull();
    });

    it("tells machines what can be left out", async () => {
      await cast("v1", "jun", [{ member: "redirect_uris", value: relay }]);
      expect(await requestRecord(test.db, now, 3)).toMatchObject({
        excluded: [],
        parts: [
          { member: "redirect_uris", value: relay, severity: "critical" },
          { member: "client_name", value: undefined },
          { member: "redirect_uris", value: bot },
        ],
        votes: [{ excluded: [{ member: "redirect_uris", value: relay }] }],
      });
    });

    it("shows of a decided request what was decided", async () => {
      await test.db.transaction(async (tx) => {
        await sampleRequest(tx, 2, "c1", { state: "approved", snapshotId: "c1-s1", decidedAt: now - 10 });
        await update(
          tx,
          "request",
          { number: 3 },
          { state: "approved", decidedAt: now, excluded: [{ member: "client_name", before: "Sample" }] },
        );
        await update(tx, "client", { id: "c1" }, { approvedSnapshotId: "c1-s2" });
      });
      const found = await choose();
      expect(found.changes.map(({ member }) => member)).toEqual(["redirect_uris", "client_name"]);
      expect(found.selection.leftOut).toEqual(["client_name"]);
    });
  });
});
