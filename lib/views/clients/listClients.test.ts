import { afterAll, beforeAll, expect, it } from "vitest";
import { parseClientFilter } from "#lib/core/clientFilter/parseClientFilter.ts";
import { day } from "#lib/core/Instant.ts";
import type { ClientOrder } from "#lib/db/queries/listClientRows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { listClients } from "./listClients.ts";
import {
  sampleClient,
  sampleNow as now,
  sampleRequest,
  sampleTeam,
} from "#lib/views/testing/sampleClients.ts";

eachDatabase((open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleTeam(tx, "t1", "AI Platform");
      await sampleTeam(tx, "t2", "Data_Science");
      const own = { ownerTeamId: "t1" };
      await sampleClient(
        tx,
        "c1",
        "https://claude.ai/oauth/a",
        { ...own, validUntil: now + 10 * day },
        { client_name: "Claude" },
      );
      await sampleClient(
        tx,
        "c2",
        "https://claude.ai/oauth/b",
        { ...own, lifecycle: "pending" },
        {
          client_name: "Claude Code",
          redirect_uris: ["http://127.0.0.1/cb", "http://localhost/cb"],
        },
      );
      await sampleClient(
        tx,
        "c3",
        "https://tide.example/c",
        { sync: "held", riskTier: "critical", ownerTeamId: "t2" },
        {
          client_name: "100% tide_water",
          redirect_uris: ["https://tide.example/cb", "https://relay.dev/cb"],
        },
      );
      await sampleClient(tx, "c4", "https://gone.example/c", {
        lifecycle: "suspended",
        riskTier: "high",
        liveSnapshotId: null,
        lastFetchedAt: null,
      });
      await sampleClient(
        tx,
        "c5",
        "https://old.example/c",
        { validUntil: now - day },
        { redirect_uris: [], client_name: "a\u202Eb" },
      );
      await sampleRequest(tx, 7, "c2");
      await sampleRequest(tx, 8, "c1", { state: "denied" });
    });
  });
  afterAll(() => test.drop());

  const list = (
    q: string,
    order: ClientOrder = { by: "client_id", descending: false },
    page = { offset: 0, limit: 100 },
  ) => listClients(test.db, now, { filter: parseClientFilter(q).filter, order, ...page });
  const ids = async (...of: Parameters<typeof list>) =>
    (await list(...of)).lines.map((line) => line.id).sort();

  it.each([
    ["", ["c1", "c2", "c3", "c4", "c5"]],
    ["CLAUDE", ["c1", "c2"]],
    ["claude code", ["c2"]],
    ["oauth/a", ["c1"]],
    ["100%", ["c3"]],
    ["%", ["c3"]],
    ["tide_", ["c3"]],
    ["lifecycle:approved", ["c1", "c3"]],
    ["lifecycle:expired,suspended", ["c4", "c5"]],
    ['owner:"ai platform"', ["c1", "c2"]],
    ["owner:none", ["c4", "c5"]],
    ["owner:any", ["c1", "c2", "c3"]],
    ["owner:none,data_science", ["c3", "c4", "c5"]],
    ["sync:held", ["c3"]],
    ["risk:high,critical", ["c3", "c4"]],
    ["host:claude.ai lifecycle:pending", ["c2"]],
    ["redirect:loopback", ["c2"]],
    ["redirect:other_site", ["c3"]],
    ["redirect:none", ["c5"]],
    ["redirect:same_host owner:any", ["c1", "c3"]],
    ["expires:30d", ["c1"]],
    ["nothing-like-it", []],
  ])("finds %j", async (q, expected) => {
    expect(await ids(q)).toEqual(expected);
    expect((await list(q)).matching).toBe(expected.length);
  });

  it("says what a line shows", async () => {
    const lines = new Map((await list("")).lines.map((line) => [line.id, line]));
    expect(lines.get("c2")).toMatchObject({
      redirects: "2 this computer",
      openRequest: 7,
      owner: "AI Platform",
    });
    expect(lines.get("c3")).toMatchObject({ redirects: "1 same host, 1 other site", keys: 0 });
    expect(lines.get("c4")).toMatchObject({ redirects: null, keys: null, openRequest: null });
    expect(lines.get("c5")).toMatchObject({ expired: true, redirects: "none", name: "a\\u202Eb" });
  });

  it("counts every ready-made filter whatever is filtered", async () => {
    expect((await list("claude")).counts).toEqual({ all: 5, pending: 1, held: 1, unowned: 2, suspended: 1 });
  });

  it.each([
    ["name", false, ["c3", "c5", "c4", "c1", "c2"].sort()],
    ["trust", false, ["c2"]],
    ["risk", true, ["c3", "c4"]],
    ["owner", false, ["c1", "c2", "c3"]],
    ["fetched", false, ["c4"]],
    ["document", true, ["c3"]],
  ] as const)("sorts by %s", async (by, descending, first) => {
    const order = { by, descending };
    const lines = (await list("", order)).lines.map((line) => line.id);
    expect(lines.slice(0, first.length).sort()).toEqual(first);
  });

  it.each(["", "redirect:none,loopback,other_site,same_host"])(
    "pages without loss or repetition (%j)",
    async (q) => {
      const order = { by: "risk", descending: false } as const;
      const pages = [];
      for (const offset of [0, 2, 4]) pages.push(...(await list(q, order, { offset, limit: 2 })).lines);
      expect(pages.map((line) => line.id)).toEqual((await list(q, order)).lines.map((line) => line.id));
    },
  );
});
