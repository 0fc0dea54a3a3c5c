import { afterEach, beforeEach, expect, it } from "vitest";
import { day } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { insert, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { inviteByToken } from "./inviteByToken.ts";
import { peopleAndTeams } from "./peopleAndTeams.ts";
import {
  sampleClient,
  sampleNow as now,
  samplePerson,
  sampleTeam,
} from "#lib/views/testing/sampleClients.ts";
import { tokensAndKeys } from "#lib/views/signing/tokensAndKeys.ts";

eachDatabase((open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "AI Platform");
      await samplePerson(tx, "zoe", "admin", ["t1"]);
      await samplePerson(tx, "abe", "member", ["t1"]);
      await update(tx, "person", { id: "abe" }, { active: false });
      await sampleClient(tx, "c1", "https://tide.example/c", { ownerTeamId: "t1" });
      const invite = { kind: "invite" as const, role: "reviewer" as const, teamId: "t1", createdBy: "zoe" };
      await insert(
        tx,
        "invite",
        { ...invite, tokenHash: sha256Hex("good"), createdAt: now, expiresAt: now + day },
        { ...invite, tokenHash: sha256Hex("old"), createdAt: now, expiresAt: now },
        { ...invite, tokenHash: sha256Hex("used"), createdAt: now, expiresAt: now + day, usedAt: now },
      );
      const token = { role: "ci" as const, createdBy: "zoe", createdAt: now };
      await insert(
        tx,
        "apiToken",
        { ...token, id: "k1", name: "ended", tokenHash: "h1", revokedAt: now },
        { ...token, id: "k2", name: "out", tokenHash: "h2", expiresAt: now },
        { ...token, id: "k3", name: "good", tokenHash: "h3", expiresAt: now + day },
      );
    });
  });
  afterEach(() => test.drop());

  it("lists people with their teams, those who left last", async () => {
    const seen = await peopleAndTeams(test.db, now);
    expect(seen.people.map((person) => [person.id, person.teams[0]?.name])).toEqual([
      ["zoe", "AI Platform"],
      ["abe", "AI Platform"],
    ]);
    expect(seen.teams).toEqual([{ id: "t1", name: "AI Platform", people: 1, clients: 1 }]);
    expect(seen.invites).toMatchObject([{ role: "reviewer", team: "AI Platform", by: "Zoe" }]);
  });

  it("offers an invite only while it works", async () => {
    expect(await inviteByToken(test.db, now, "good", "invite")).toMatchObject({
      role: "reviewer",
      by: "Zoe",
    });
    for (const token of ["old", "used", "unknown", ""])
      expect(await inviteByToken(test.db, now, token, "invite")).toBeUndefined();
    expect(await inviteByToken(test.db, now, "good", "first_admin")).toBeUndefined();
  });

  it("says which tokens work", async () => {
    const { tokens } = await tokensAndKeys(test.db, now);
    expect(tokens.map((token) => [token.name, token.works])).toEqual([
      ["good", true],
      ["ended", false],
      ["out", false],
    ]);
    expect(JSON.stringify(tokens)).not.toContain("h3");
  });
});
