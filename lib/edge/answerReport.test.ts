import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { findAll } from "#lib/db/rows.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { Board } from "./Board.ts";
import { createDoor } from "./createDoor.ts";
import { PullBook } from "./PullBook.ts";
import { reportBudgets, type ReportBudgets } from "./reportBudgets.ts";
import { TokenDesk } from "./TokenDesk.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let base = "";
  let token = "";
  let consumerId = "";
  let door: (more?: { budgets?: ReportBudgets }) => RequestListener;
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => listener(request, response));

  beforeAll(async () => {
    home = await open();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    ctx = await openTestContext(home.db, { config: { baseUrl: base } });
    await turnSigningKeys(ctx);
    const { id } = await createAudience(ctx, systemActor, {
      slug: "prod",
      name: "Production",
      isPrivate: true,
    });
    ({ token, consumerId } = await connectConsumer(ctx, systemActor, { audienceId: id, name: "idp-1" }));
    await publishDueReleases(ctx);
    const board = new Board(ctx);
    await board.refresh();
    const others: RequestListener = (_, response) => void response.end();
    door = (more = {}) =>
      createDoor({ ctx, board, tokens: new TokenDesk(ctx), pulls: new PullBook(ctx), others, ...more });
    listener = door();
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await ctx.close();
    await home.drop();
  });

  const send = (
    body: unknown,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
    id = consumerId,
  ) =>
    fetch(`${base}/v1/consumers/${id}/sightings`, {
      method: "POST",
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const body = (lines: readonly object[], batch = "batch-0001") => ({
    list: "prod",
    instance: "i-0",
    batch,
    from: start / 1000,
    to: start / 1000,
    sightings: lines,
    dropped: 0,
  });
  const line = (clientId: string, more = {}) => ({
    client_id: clientId,
    shape: {},
    allowed: 0,
    refused: 1,
    outcomes: { not_listed: 1 },
    first_at: start / 1000,
    last_at: start / 1000,
    ...more,
  });

  test.each<[string, () => Promise<Response>, number, string]>([
    ["no token", () => send(body([]), {}), 401, "unauthorized"],
    ["another server's token", () => send(body([]), undefined, "someone"), 403, "not-subscribed"],
    ["no JSON", () => send("{"), 400, "invalid-sightings"],
    ["too much", () => send(`"${"x".repeat(257 * 1024)}"`), 400, "invalid-sightings"],
    ["no batch", () => send({ ...body([]), batch: "" }), 422, "invalid-sightings"],
    [
      "a negative count",
      () => send(body([line("https://a.example/c", { refused: -1 })])),
      422,
      "invalid-sightings",
    ],
  ])("%s is refused", async (_, ask, status, type) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ type: `/problems/${type}` });
  });

  test.each<[string, () => RequestInit["body"]]>([
    ["with its length", () => "x".repeat(3_000_000)],
    ["in chunks", () => new Blob(Array.from({ length: 30 }, () => "x".repeat(100_000))).stream()],
  ])("a body of megabytes %s is not kept, and its sender hears why", async (_, large) => {
    const options = { method: "POST", headers: { authorization: `Bearer ${token}` }, duplex: "half" };
    const answer = await fetch(`${base}/v1/consumers/${consumerId}/sightings`, { ...options, body: large() });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      detail: "The body must be a JSON object of at most 262144 bytes.",
    });
    expect((await send(body([]))).status).toBe(200);
  });

  test("a token has a budget of its own for each kind of report, and is told when to come again", async () => {
    const usual = listener;
    const budgets = reportBudgets(ctx.clock, { perSecond: 0.5, burst: 3 });
    listener = door({ budgets });
    const answers = [];
    for (let n = 0; n < 5; n++) answers.push(await send(body([])));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    const refused = answers[4]!;
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({
      type: "/problems/too-many",
      detail:
        "This token has sent more sightings reports than are taken in. Wait 2 seconds; then send once a minute, added up.",
    });
    const status = () =>
      fetch(`${base}/v1/consumers/${consumerId}/status`, {
        method: "PUT",
        headers: { authorization: `Bearer ${token}` },
        body: "{",
      });
    expect((await status()).status).toBe(400);
    const { id } = (await findAll(ctx.db, "audience"))[0]!;
    const other = await connectConsumer(ctx, systemActor, { audienceId: id, name: "idp-2" });
    const asOther = { authorization: `Bearer ${other.token}` };
    expect((await send(body([]), asOther, other.consumerId)).status).toBe(200);
    ctx.pass(2_000);
    expect((await send(body([]))).status).toBe(200);
    expect((await send(body([]))).status).toBe(429);
    expect(await findAll(ctx.db, "outbox", { topic: "server.too_many_reports" })).toHaveLength(1);
    listener = usual;
  });

  test("bodies are weighed before they are read; one without a length counts as the largest", async () => {
    const usual = listener;
    listener = door({ budgets: reportBudgets(ctx.clock, undefined, { perSecond: 64, burst: 300 }) });
    const chunked = () =>
      fetch(`${base}/v1/consumers/${consumerId}/sightings`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        duplex: "half",
        body: new Blob([JSON.stringify(body([]))]).stream(),
      } as RequestInit);
    expect((await chunked()).status).toBe(200);
    expect((await send(body([]))).status).toBe(200);
    const heavy = await chunked();
    expect([heavy.status, heavy.headers.get("retry-after")]).toEqual([429, "4"]);
    listener = usual;
  });

  test("only POST is understood", async () => {
    const answer = await fetch(`${base}/v1/consumers/${consumerId}/sightings`);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("a consumer's own report is taken in and answered with the newest head", async () => {
    const events: unknown[] = [];
    const consumer = createConsumer({
      head: `${base}/v1/lists/prod/head`,
      token,
      mode: "lazy",
      enforcement: "report_only",
      store: memoryStore(),
      clock: () => ctx.clock(),
      status: { url: base, consumerId, instance: "i-7" },
      onEvent: (event) => events.push(event),
    });
    await consumer.ready();
    await consumer.decide({ client_id: "https://stranger.example/c.json", scope: "b a" });
    await consumer.stop();
    expect(events).not.toContainEqual(expect.objectContaining({ type: "sightings_failed" }));
    expect(await findAll(ctx.db, "sighting", { clientId: "https://stranger.example/c.json" })).toMatchObject([
      { allowed: 1, refused: 0, outcomes: { not_listed: 1 }, shape: { scopes: ["a", "b"] } },
    ]);
    const answer = await send(body([]));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ latest: { epoch: 1, seq: 1 }, left_out: 0 });
  });
});
