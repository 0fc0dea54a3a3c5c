import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonActor, TokenActor } from "#lib/core/Actor.ts";
import { second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { clientSightings } from "#lib/views/clients/clientSightings.ts";
import { unknownClients, type UnknownShow } from "#lib/views/sightings/unknownClients.ts";
import { blockHost } from "./blockHost.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { denySighted } from "./denySighted.ts";
import { discoverSighted } from "./discoverSighted.ts";
import { ignoreSighted } from "./ignoreSighted.ts";
import { liftHostBlock } from "./liftHostBlock.ts";
import { recordReport } from "#lib/flows/servers/recordReport.ts";
import { recordSightings } from "./recordSightings.ts";
import { addClients, dueClient } from "#lib/flows/testing/visitStage.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { publish, setStage, type Stage } from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";

const reason = "Nobody here knows who is behind it.";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let sent = 0;
  const servers = new Map<string, { consumerId: string; actor: TokenActor }>();

  beforeAll(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    stage = await setStage(ctx);
    for (const name of ["idp-1", "idp-2"]) {
      const { consumerId } = await connectConsumer(ctx, stage.ada, { audienceId: stage.audienceId, name });
      const { tokenId } = (await find(ctx.db, "consumer", { id: consumerId })) ?? {};
      const actor = {
        kind: "token",
        id: tokenId ?? "",
        name,
        role: "consumer",
        audienceId: stage.audienceId,
      } as const;
      servers.set(name, { consumerId, actor });
    }
    await addClients(
      ctx,
      dueClient("https://tidewater.dev/c", { lifecycle: "approved", name: "Tidewater", nextFetchAt: null }),
    );
    await seen(
      "idp-1",
      ["https://tidewater.dev/c", "https://tidewatr.dev/c", "http://plain.dev/c", "urn:x"],
      3,
      0,
    );
    await seen("idp-2", ["https://many.dev/1", "https://many.dev/2", "https://tidewatr.dev/c"], 0, 1);
  });
  afterAll(async () => {
    await ctx.close();
    await home.drop();
  });

  const seen = async (name: string, clientIds: readonly string[], allowed: number, refused: number) => {
    const { consumerId, actor } = servers.get(name)!;
    const at = Math.floor(ctx.clock() / second);
    const shape = { redirect_uri: "https://a.dev/cb", scopes: ["tickets.read"] };
    const counts = { allowed, refused, outcomes: {}, first_at: at, last_at: at };
    const sightings = clientIds.map((client_id) => ({ client_id, shape, ...counts }));
    const report = {
      list: "prod",
      instance: "i",
      batch: `batch-${++sent}-0000`,
      from: 0,
      to: at,
      dropped: 0,
      sightings,
    };
    await recordSightings(ctx, actor, { consumerId, report });
  };
  const look = (
    show: UnknownShow = "all",
    more: { host?: string; q?: string; server?: string } = {},
    person: PersonActor = stage.rui,
  ) => unknownClients(ctx.db, ctx.clock(), person, { q: "", offset: 0, limit: 50, ...more, show });
  const ids = async (...asked: Parameters<typeof look>) =>
    (await look(...asked)).hosts.flatMap(({ lines }) => lines.map(({ clientId }) => clientId));

  test("the unknown stand by host, the most asked for first, with what is known of them", async () => {
    const list = await look();
    expect(list.hosts.map(({ host, clients, total }) => [host, clients, total])).toEqual([
      ["tidewatr.dev", 1, 4],
      ["", 1, 3],
      ["plain.dev", 1, 3],
      ["many.dev", 2, 2],
    ]);
    expect(list.hosts[0]?.lines[0]).toMatchObject({
      days: [0, 0, 0, 0, 0, 0, 4],
      passed: 3,
      refused: 1,
      servers: expect.arrayContaining([{ slug: "prod", name: "idp-1" }]) as unknown,
      looksLike: { name: "Tidewater", clientId: "https://tidewater.dev/c" },
      redirects: ["https://a.dev/cb"],
      scopes: ["tickets.read"],
      canBeClient: true,
    });
    expect(list.counts).toEqual({ all: 5, passed: 3, refused: 3, lookalike: 1, invalid: 2, aside: 0 });
    expect([list.reporting, list.servers, list.flooded]).toEqual([2, 2, []]);
    expect(await ids("invalid")).toEqual(["urn:x", "http://plain.dev/c"]);
    expect(await ids("all", { host: "many.dev" })).toHaveLength(2);
    expect(await ids("all", { server: "idp-2", q: "MANY" })).toHaveLength(2);
    expect(await look("all", {}, stage.otto)).toMatchObject({ mayRegister: false, mayDeny: false });
    expect(await clientSightings(ctx.db, ctx.clock(), "https://tidewatr.dev/c")).toEqual({
      total: 4,
      days: [0, 0, 0, 0, 0, 0, 4],
      more: 0,
      ways: [
        {
          redirect: "https://a.dev/cb",
          scopes: ["tickets.read"],
          servers: expect.arrayContaining(["idp-1", "idp-2"]) as unknown,
          passed: 3,
          refused: 1,
          reasons: [],
        },
      ],
    });
    expect(await discoverSighted(ctx)).toBe(3);
    expect(await ids()).toHaveLength(5);
  });

  test("one that is put aside comes back when it was seen often enough", async () => {
    const clientId = "https://many.dev/1";
    await expect(ignoreSighted(ctx, stage.otto, { clientId, times: 2 })).rejects.toThrow(/may not/);
    await ignoreSighted(ctx, stage.mara, { clientId, times: 2 });
    expect([await ids("aside"), await ids("all", { q: clientId })]).toEqual([[clientId], []]);
    await seen("idp-2", [clientId], 0, 2);
    expect(await ids("all", { q: clientId })).toEqual([clientId]);
  });

  test("one that is denied is refused by name on every list", async () => {
    const clientId = "http://plain.dev/c";
    await expect(denySighted(ctx, stage.mara, { clientId, reason })).rejects.toThrow(/may not/);
    await expect(denySighted(ctx, stage.rui, { clientId: "urn:x", reason })).rejects.toThrow(/no address/);
    const { id } = await denySighted(ctx, stage.rui, { clientId, reason });
    expect(await find(ctx.db, "client", { id })).toMatchObject({ lifecycle: "blocked", nextFetchAt: null });
    expect(await ids("all", { q: clientId })).toEqual([]);
    await expect(denySighted(ctx, stage.rui, { clientId, reason })).rejects.toThrow(/already blocked/);
    await publish(ctx);
    const list = await verifiedList(ctx, stage.audienceId);
    expect(await list.entryOf(clientId)).toMatchObject({ status: "deny" });
  });

  test("a host is blocked by one person, with the next release, and unblocked by two", async () => {
    const host = "many.dev";
    await expect(blockHost(ctx, stage.mara, { host, reason })).rejects.toThrow(/may not/);
    await expect(blockHost(ctx, stage.rui, { host: "https://x", reason })).rejects.toThrow(/without scheme/);
    await blockHost(ctx, stage.rui, { host: "Many.dev ", reason });
    await expect(blockHost(ctx, stage.rui, { host, reason })).rejects.toThrow(/already/);
    expect(await look()).toMatchObject({ blocked: [{ host, reason, by: "Rui", liftAskedBy: null }] });
    expect(await ids("all", { host })).toEqual([]);
    await publish(ctx);
    expect((await verifiedList(ctx, stage.audienceId)).claims.deny).toContainEqual(
      expect.objectContaining({ host }),
    );
    expect(await liftHostBlock(ctx, stage.rui, { host, reason })).toBe("asked");
    await expect(liftHostBlock(ctx, stage.rui, { host, reason })).rejects.toThrow(/Somebody else/);
    expect(await liftHostBlock(ctx, stage.sofia, { host, reason, keep: true })).toBe("kept");
    await liftHostBlock(ctx, stage.rui, { host, reason });
    expect(await liftHostBlock(ctx, stage.sofia, { host, reason })).toBe("lifted");
    expect(await findAll(ctx.db, "hostBlock")).toEqual([]);
    await publish(ctx);
    expect((await verifiedList(ctx, stage.audienceId)).claims.deny).not.toContainEqual(
      expect.objectContaining({ host }),
    );
  });

  test("a server that runs a foreign list is told once for each digest", async () => {
    const { consumerId, actor } = servers.get("idp-1")!;
    const at = Math.floor(ctx.clock() / second);
    const digest = "ab".repeat(32);
    const seq = Number.MAX_SAFE_INTEGER;
    const say = (instance: string, of = digest) =>
      recordReport(ctx, actor, {
        consumerId,
        report: {
          list: "prod",
          instance,
          active: { epoch: 1, seq, rev: 1, digest: of, activated_at: at },
          checked_at: at,
          mode: "lazy",
          enforcement: "enforce",
          error: { code: "rollback", detail: "An older head.", since: at - 60 },
          client: "x/1",
        },
      });
    await say("i-1");
    await say("i-1");
    await say("i-2");
    const [head] = await findAll(ctx.db, "head", { audienceId: stage.audienceId });
    await say("i-1", head?.digest);
    await say("i-1");
    await say("i-2", "cd".repeat(32));
    expect(await find(ctx.db, "report", { consumerId, instance: "i-1" })).toMatchObject({
      seq,
      errorSince: (at - 60) * second,
      receivedAt: ctx.clock(),
    });
    const told = (await findAll(ctx.db, "outbox")).filter(({ topic }) => topic === "server.divergent");
    expect(
      told.map(({ payload }) => (payload["detail"] as { digest: string }).digest.slice(0, 2)).sort(),
    ).toEqual(["ab", "cd"]);
  });

  test("a client that somebody asks for is no longer unknown", async () => {
    const clientId = "https://many.dev/2";
    await ctx.db.transaction((tx) => update(tx, "client", { clientId }, { lifecycle: "pending" }));
    expect(await ids("all", { q: clientId })).toEqual([]);
  });
});
