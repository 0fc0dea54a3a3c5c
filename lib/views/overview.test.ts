import { afterEach, beforeEach, expect, it } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { find, insert } from "#lib/db/rows.ts";
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
