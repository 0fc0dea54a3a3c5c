import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { parseFindingFilter } from "#lib/core/findingFilter/parseFindingFilter.ts";
import { day, hour } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { clientFindings } from "#lib/views/clients/clientFindings.ts";
import { findingBoard, findingPage, type FindingOrder } from "./findingBoard.ts";
import { findingOverview } from "./findingOverview.ts";
import { findingScreen } from "./findingScreen.ts";
import { inbox } from "#lib/views/inbox.ts";
import { sampleClient, sampleNow, samplePerson, sampleTeam } from "#lib/views/testing/sampleClients.ts";
import { sampleFinding } from "#lib/views/testing/sampleFindings.ts";

const byGravity: FindingOrder = { by: "severity", descending: false };

eachDatabase((open) => {
  let opened: TestDatabase;
  let mara: PersonActor;
  let rui: PersonActor;

  beforeAll(async () => {
    opened = await open();
    await opened.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "AI Platform");
      await sampleTeam(tx, "t2", "Social");
      mara = await samplePerson(tx, "mara", "member", ["t1"]);
      rui = await samplePerson(tx, "rui", "reviewer");
      await sampleClient(
        tx,
        "c1",
        "https://tidewater.dev/c",
        { ownerTeamId: "t1" },
        { client_name: "Tidewater" },
      );
      await sampleClient(
        tx,
        "c2",
        "https://orchard.dev/c",
        { ownerTeamId: "t2" },
        { client_name: "Orchard" },
      );
      await sampleClient(tx, "c3", "https://lone.dev/c", {}, { client_name: "Lone" });
      await sampleFinding(tx, 1, { clientRowId: "c1" });
      await sampleFinding(tx, 2, {
        clientRowId: "c2",
        host: "orchard.dev",
        severity: "critical",
        acknowledgeBy: sampleNow - hour,
        assigneeId: "rui",
        regressions: 2,
        regressedAt: sampleNow - 2 * hour,
      });
      await sampleFinding(tx, 3, {
        clientRowId: "c3",
        host: "lone.dev",
        state: "acknowledged",
        severity: "low",
      });
      await sampleFinding(tx, 4, {
        clientRowId: "c1",
        state: "snoozed",
        severity: "medium",
        snoozedUntil: sampleNow + 3 * day,
        firstSeenAt: sampleNow - 40 * day,
      });
      await sampleFinding(tx, 5, { clientRowId: "c1", state: "resolved", resolvedAt: sampleNow - day });
      await sampleFinding(tx, 6, {
        clientRowId: "c2",
        host: "orchard.dev",
        state: "acknowledged",
        proposal: { kind: "dismiss", reason: "kept_out", note: "Never.", by: "mara", at: sampleNow - hour },
      });
      await sampleFinding(tx, 7, {
        id: "host",
        host: "shared.example",
        members: 2,
        rule: "reach.unreachable",
      });
      await sampleFinding(tx, 8, { clientRowId: "c1", parentId: "host", host: "shared.example" });
      await sampleFinding(tx, 9, { clientRowId: "c2", parentId: "host", host: "shared.example" });
    });
  });
  afterAll(() => opened.drop());

  const numbers = async (line: string, person = mara, order = byGravity) => {
    const { filter } = parseFindingFilter(line);
    const page = await findingPage(opened.db, sampleNow, person, { filter, order, offset: 0, limit: 50 });
    expect(page.matching).toBe(page.lines.length);
    return page.lines.map((each) => each.number);
  };

  it.each([
    ["", [2, 1, 7, 6, 3]],
    ["state:any", [2, 5, 1, 7, 6, 4, 3]],
    ["state:snoozed", [4]],
    ["severity:critical,low", [2, 3]],
    ["is:overdue", [2]],
    ["is:proposed", [6]],
    ["is:regressed", [2]],
    ["is:rolled_up", [7]],
    ["look:reach", [7]],
    ["look:document is:overdue", [2]],
    ["owner:mine", [1, 7]],
    ["owner:social", [2, 7, 6]],
    ["owner:none", [3]],
    ["assignee:none", [1, 7, 6, 3]],
    ["assignee:Rui", [2]],
    ["host:lone.dev", [3]],
    ["rule:reach.unreachable", [7]],
    ["orchard", [2, 6]],
    ["F-3", [3]],
    ["age:0-1d", [2]],
    ["age:1-7d", [1, 7, 6, 3]],
    ["age:30d state:any", [4]],
    ["100%", []],
  ])("lists %j", async (line, expected) => {
    const found = await numbers(line);
    // Of equal gravity and time it is the number that decides; only the order of severities is checked here.
    expect(new Set(found)).toEqual(new Set(expected));
    if (line === "") expect([found[0], found.at(-1)]).toEqual([2, 3]);
  });

  it("knows who asks", async () => {
    expect(await numbers("assignee:me", rui)).toEqual([2]);
    expect(await numbers("owner:mine", rui)).toEqual([]);
  });

  it("sorts by what was asked for", async () => {
    expect(await numbers("owner:any", mara, { by: "owner", descending: false })).toEqual([1, 2, 6]);
    expect((await numbers("", mara, { by: "due", descending: false }))[0]).toBe(2);
    expect((await numbers("", mara, { by: "age", descending: true }))[0]).toBe(2);
    expect((await numbers("", mara, { by: "host", descending: false }))[0]).toBe(3);
    expect((await numbers("", mara, { by: "assignee", descending: false }))[0]).toBe(2);
  });

  it("says of each whose it is, when it is due and whether that is past", async () => {
    const { filter } = parseFindingFilter("");
    const page = await findingPage(opened.db, sampleNow, mara, {
      filter,
      order: byGravity,
      offset: 0,
      limit: 50,
    });
    expect(page.lines.find((line) => line.number === 2)).toMatchObject({
      severity: "critical",
      ruleTitle: expect.not.stringContaining("drift."),
      client: { id: "c2", name: "Orchard" },
      owners: ["Social"],
      assignee: { name: "Rui" },
      since: sampleNow - 2 * hour,
      due: { at: sampleNow - hour, what: "acknowledge", overdue: true },
      regressions: 2,
    });
    expect(page.lines.find((line) => line.number === 7)).toMatchObject({
      client: null,
      owners: ["AI Platform", "Social"],
      members: 2,
      due: { what: "acknowledge", overdue: false },
    });
    expect(page.counts).toEqual({
      waiting: 5,
      critical: 1,
      overdue: 1,
      mine: 0,
      ofMyTeams: 2,
      unassigned: 4,
      snoozed: 1,
      proposed: 1,
    });
  });

  it("puts what is not settled into columns, a proposal into its own", async () => {
    const { filter } = parseFindingFilter("");
    const { columns } = await findingBoard(opened.db, sampleNow, mara, {
      filter,
      order: byGravity,
      limit: 2,
    });
    expect(columns.map(({ key, matching, lines }) => [key, matching, lines.length])).toEqual([
      ["open", 3, 2],
      ["acknowledged", 1, 1],
      ["snoozed", 1, 1],
      ["proposed", 1, 1],
    ]);
  });

  it("counts what is open by severity and age, and who it waits for", async () => {
    const seen = await findingOverview(opened.db, sampleNow);
    expect(seen).toMatchObject({ waiting: 5, critical: 1, overdue: 1, proposed: 1 });
    expect(seen.matrix).toEqual([
      { severity: "critical", counts: [1, 0, 0, 0] },
      { severity: "high", counts: [0, 3, 0, 0] },
      { severity: "medium", counts: [0, 0, 0, 0] },
      { severity: "low", counts: [0, 1, 0, 0] },
    ]);
    expect(seen.teams).toEqual([
      { name: "Social", waiting: 3, critical: 1, overdue: 1 },
      { name: "AI Platform", waiting: 2, critical: 0, overdue: 0 },
      { name: null, waiting: 1, critical: 0, overdue: 0 },
    ]);
    expect(seen.people).toEqual([
      { name: "Rui", waiting: 1, critical: 1, overdue: 1 },
      { name: null, waiting: 4, critical: 0, overdue: 0 },
    ]);
  });

  it("shows everything that was found about a client, settled things apart", async () => {
    const seen = await clientFindings(opened.db, sampleNow, "c1");
    expect(seen.standing.map((line) => [line.number, line.spokenFor])).toEqual([
      [1, false],
      [8, true],
      [4, false],
    ]);
    expect(seen.settled.map((line) => line.number)).toEqual([5]);
  });

  describe("one finding", () => {
    const screenOf = (number: number, person: PersonActor, line = "") =>
      findingScreen(
        opened.db,
        sampleNow,
        person,
        number,
        { filter: parseFindingFilter(line).filter, order: byGravity },
        false,
      );

    it("has its evidence, its acts and its place in the list", async () => {
      const screen = await screenOf(1, mara, "owner:mine");
      expect(screen).toMatchObject({
        client: { id: "c1", lifecycle: "approved" },
        values: [{ kind: "added", text: "https://quartzrelay.com/cb" }],
        may: ["acknowledge", "assign", "snooze", "dismiss", "waive"],
        obstacle: null,
        twoPeople: true,
        place: { position: 1, of: 2, previous: null, next: 7 },
      });
      expect(screen?.rationale).toMatch(/./);
    });

    it("says to somebody of another team why nothing is offered", async () => {
      expect(await screenOf(2, mara)).toMatchObject({
        may: [],
        obstacle: "Only the owner team, a reviewer or an administrator triages this finding.",
      });
    });

    it("asks a second person to confirm, and nobody who proposed it", async () => {
      expect((await screenOf(6, rui))?.may).toEqual(["assign", "snooze", "confirm", "decline"]);
      expect((await screenOf(6, rui))?.proposal).toMatchObject({ kind: "dismiss", byName: "Mara" });
      expect((await screenOf(6, mara))?.may).toEqual(["decline"]);
    });

    it("lists the clients that a finding about a host speaks for; each of them leads back", async () => {
      expect((await screenOf(7, rui))?.memberLines.map((line) => line.client?.name)).toEqual([
        "Orchard",
        "Tidewater",
      ]);
      expect(await screenOf(8, rui)).toMatchObject({ parent: 7, line: { spokenFor: true } });
    });

    it("is undefined when there is none", async () => {
      expect(await screenOf(99, mara)).toBeUndefined();
    });
  });

  describe("the inbox", () => {
    const findingsOf = async (person: PersonActor) =>
      (await inbox(opened.db, sampleNow, person, false)).items
        .filter((item) => item.part === "findings")
        .map((item) => [item.subject.kind === "finding" && item.subject.number, item.note]);

    it("has what is critical or late of one's own, and what waits for a second person", async () => {
      expect(await findingsOf(rui)).toEqual([
        [2, "Late to acknowledge · Rui"],
        [6, "Dismissal proposed · confirm or decline it"],
      ]);
    });

    it("has nothing of others for a member", async () => {
      expect(await findingsOf(mara)).toEqual([]);
    });
  });
});
