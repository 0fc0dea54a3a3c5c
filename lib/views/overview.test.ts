import { afterEach, beforeEach, expect, it } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { find, insert, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { consoleFacts } from "./consoleFacts.ts";
import { findClientsByText } from "./clients/findClientsByText.ts";
import { inbox } from "./inbox.ts";
import { overview } from "./overview.ts";
import {
  sampleAudience,
  sampleClient,
  sampleNow as now,
  samplePerson,
  sampleRequest,
  sampleTeam,
} from "./testing/sampleClients.ts";
import { sampleFinding } from "./testing/sampleFindings.ts";

eachDatabase((open) => {
  let test: TestDatabase;
  let rui: PersonActor;
  let ines: PersonActor;
  let otto: PersonActor;
  beforeEach(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "AI Platform");
      rui = await samplePerson(tx, "rui", "reviewer");
      ines = await samplePerson(tx, "ines", "member", ["t1"]);
      otto = await samplePerson(tx, "otto", "auditor");
      await sampleAudience(tx, "prod");
      await insert(tx, "consumer", { id: "n1", audienceId: "a-prod", name: "idp-eu", createdAt: now });
      await sampleClient(tx, "c1", "https://tide.example/c", { lifecycle: "pending", ownerTeamId: "t1" });
      await sampleClient(tx, "c2", "https://held.example/100%_sure", { sync: "held", ownerTeamId: "t1" });
      await sampleClient(tx, "c3", "https://gone.example/c", {
        sync: "gone",
        riskTier: "low",
        ownerTeamId: null,
      });
      await sampleClient(tx, "c4", "https://off.example/c", { sync: "gone", lifecycle: "retired" });
      await sampleRequest(tx, 1, "c1", { requestedBy: "ines" });
    });
  });
  afterEach(() => test.drop());

  const titles = async (person: PersonActor) =>
    (await inbox(test.db, now, person, false)).items.map((item) => `${item.part}: ${item.title}`).sort();

  it("shows a reviewer what can be decided and everything in trouble", async () => {
    expect(await titles(rui)).toEqual([
      "decide: c1 asks to be approved",
      "held: c2: the document grew",
      "servers: idp-eu: has never pulled its list",
      "unread: c3 is gone from its address",
    ]);
  });

  it("counts a document that grew as serious as what it gained, not as the client was when approved", async () => {
    const severity = async () =>
      (await inbox(test.db, now, rui, false)).items.find(({ part }) => part === "held")?.severity;
    const before = await severity();
    await test.db.transaction(async (tx) => {
      await sampleFinding(tx, 1, { clientRowId: "c2", severity: "critical", state: "resolved" });
      await sampleFinding(tx, 2, { clientRowId: "c2", severity: "critical", effect: "neutral" });
    });
    expect(await severity()).toBe(before);
    await test.db.transaction((tx) => sampleFinding(tx, 3, { clientRowId: "c2", severity: "critical" }));
    expect(await severity()).toBe("critical");
  });

  it("shows a copy that waits to whoever may compare it, and one whose date comes near to whoever may renew it", async () => {
    await test.db.transaction(async (tx) => {
      await sampleClient(tx, "c5", "https://bot.example/c", {
        sync: "challenged",
        riskTier: "medium",
        ownerTeamId: "t1",
      });
      const copy = { clientRowId: "c5", note: "From a browser.", uploadedAt: now, revision: 1 };
      const snapshotId = (await find(tx, "client", { id: "c5" }))?.liveSnapshotId ?? "";
      await insert(tx, "attestation", {
        ...copy,
        id: "x1",
        state: "waiting",
        snapshotId,
        uploadedBy: "rui",
      });
    });
    const sofia = await test.db.transaction((tx) => samplePerson(tx, "sofia", "reviewer"));
    const ofCopies = async (person: PersonActor, at = now, solo = false) =>
      (await inbox(test.db, at, person, solo)).items
        .filter(({ title }) => title.startsWith("c5"))
        .map(({ part, severity, subject }) => [part, severity, subject.kind].join(" "));
    expect(await ofCopies(sofia)).toEqual(["copies medium copy"]);
    expect(await ofCopies(rui)).toEqual(["unread low client", "mine medium copy"].toSorted());
    expect(await ofCopies(rui, now, true)).toEqual(["copies medium copy"]);
    expect(await ofCopies(ines)).toEqual(["unread low client"]);
    expect(await ofCopies(otto)).toEqual([]);
    const before = await consoleFacts(test.db, now, otto, false);
    expect((await consoleFacts(test.db, now, sofia, false)).inbox).toBeGreaterThan(before.inbox);

    const renewBy = now + 30 * day;
    const vouched = { state: "attested" as const, decidedBy: "sofia", decidedAt: now, renewBy };
    await test.db.transaction((tx) => update(tx, "attestation", { id: "x1" }, vouched));
    expect(await ofCopies(sofia, now + 22 * day)).toEqual(["unread low client"]);
    for (const person of [ines, rui, sofia])
      expect(await ofCopies(person, now + 23 * day)).toEqual(["copies medium copy"]);
    expect(await ofCopies(ines, renewBy)).toEqual(["copies high copy"]);
    expect(await ofCopies(otto, renewBy)).toEqual([]);
    await test.db.transaction((tx) => update(tx, "client", { id: "c5" }, { sync: "in_sync" }));
    expect(await ofCopies(ines, renewBy)).toEqual([]);
  });

  it("shows an announced key to whoever may be the second person, until its day", async () => {
    await test.db.transaction((tx) =>
      insert(tx, "announcement", {
        id: "k1",
        clientRowId: "c3",
        jkt: "k".repeat(43),
        note: "",
        announcedBy: "rui",
        expectedBy: now + day,
        at: now,
      }),
    );
    const ada = await test.db.transaction((tx) => samplePerson(tx, "ada", "admin"));
    const ofKeys = async (person: PersonActor, at = now, solo = false) =>
      (await inbox(test.db, at, person, solo)).items
        .filter(({ subject }) => subject.kind === "key")
        .map(({ part }) => part);
    expect([await ofKeys(ada), await ofKeys(rui), await ofKeys(ines)]).toEqual([["decide"], ["mine"], []]);
    expect([await ofKeys(ada, now + 2 * day), await ofKeys(ada, now, true)]).toEqual([[], []]);
    // Two administrators are not two people.
    await test.db.transaction((tx) => update(tx, "person", { id: "rui" }, { role: "admin" }));
    expect(await ofKeys(ada)).toEqual([]);
  });

  it("shows what somebody asked to undo to those who may confirm it", async () => {
    await test.db.transaction(async (tx) => {
      await samplePerson(tx, "sofia", "reviewer");
      const block = { host: "bad.example", reason: "Spam.", at: now, blockedBy: "rui" };
      await insert(tx, "hostBlock", { ...block, liftAskedBy: "sofia" });
      await update(
        tx,
        "audience",
        { id: "a-prod" },
        { heldHeadId: "h1", heldAt: now, releaseAskedBy: "rui" },
      );
    });
    expect(await titles(rui)).toEqual(
      expect.arrayContaining([
        "decide: bad.example: lift the block of the host?",
        "mine: PROD: end the rollback of its list?",
      ]),
    );
    expect((await titles(ines)).join()).not.toMatch(/bad\.example|rollback/);
    await test.db.transaction((tx) => update(tx, "person", { id: "sofia" }, { active: false }));
    expect((await titles(rui)).join()).not.toMatch(/bad\.example/);
  });

  it("shows a member their own requests and their teams' clients", async () => {
    expect(await titles(ines)).toEqual(["held: c2: the document grew", "mine: c1 asks to be approved"]);
  });

  it("shows an auditor nothing: they decide nothing", async () => {
    expect(await titles(otto)).toEqual([]);
  });

  it("moves a request to the others once a person voted on this document", async () => {
    const snapshot = await find(test.db, "snapshot", { id: "c1-s1" });
    await test.db.transaction((tx) =>
      insert(tx, "vote", {
        id: "v1",
        requestId: "q1",
        personId: "rui",
        verdict: "approve",
        reason: "It is what it says.",
        digest: snapshot?.digest ?? "",
        at: now,
      }),
    );
    expect(await titles(rui)).not.toContain("decide: c1 asks to be approved");
  });

  it("counts the posture", async () => {
    const seen = await overview(test.db, now, rui, false);
    expect(seen).toMatchObject({
      clients: { all: 4 },
      review: { open: 1 },
      held: 1,
      unread: { all: 2, gone: 2 },
      servers: { all: 1, current: 0, worst: "idp-eu: never pulled" },
      setup: { server: true, client: true, reviewer: true },
    });
    expect(await consoleFacts(test.db, now, ines, false)).toMatchObject({
      inbox: 1,
      clients: 4,
      servers: 1,
      reviewers: 1,
      voters: 1,
    });
  });

  it("finds clients by name or URL and takes percent signs literally", async () => {
    const ids = async (text: string) => (await findClientsByText(test.db, text)).map((client) => client.id);
    expect(await ids("TIDE")).toEqual(["c1"]);
    expect(await ids("100%_")).toEqual(["c2"]);
    expect(await ids("1%s")).toEqual([]);
    expect(await ids(" ")).toEqual([]);
  });
});
