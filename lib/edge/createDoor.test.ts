import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find } from "#lib/db/rows.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { ownWatch, watchOwnHeads } from "#lib/flows/releases/watchOwnHeads.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { Board } from "./Board.ts";
import { createDoor } from "./createDoor.ts";
import { PullBook } from "./PullBook.ts";
import { TokenDesk } from "./TokenDesk.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let board: Board;
  let pulls: PullBook;
  let base = "";
  let token = "";
  let consumerId = "";
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => listener(request, response));

  beforeAll(async () => {
    home = await open();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    ctx = await openTestContext(home.db, { config: { baseUrl: base } });
    await turnSigningKeys(ctx);
    await createAudience(ctx, systemActor, { slug: "open", name: "Open", isPrivate: false });
    const { id } = await createAudience(ctx, systemActor, {
      slug: "prod",
      name: "Production",
      isPrivate: true,
    });
    ({ token, consumerId } = await connectConsumer(ctx, systemActor, { audienceId: id, name: "idp-1" }));
    await publishDueReleases(ctx);
    board = new Board(ctx);
    await board.refresh();
    pulls = new PullBook(ctx);
    const others: RequestListener = (request, response) => {
      response.end(
        `console ${String(request.headers["x-rollcall-path"])} ${String(request.headers["x-rollcall-address"])}`,
      );
    };
    listener = createDoor({ ctx, board, tokens: new TokenDesk(ctx), pulls, others });
  });
  afterAll(async () => {
    board.stop();
    server.closeAllConnections();
    server.close();
    await ctx.close();
    await home.drop();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });
  const bearer = () => ({ authorization: `Bearer ${token}` });
  const publishAgain = async () => {
    ctx.pass(1_000);
    await ctx.db.transaction((tx) => scheduleRelease(ctx, tx, "test", 0));
    await publishDueReleases(ctx);
  };

  test("discovery names public lists only", async () => {
    const answer = await get("/.well-known/cimd-allowlist");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      issuer: base,
      lists: [{ name: "open", head: `${base}/v1/lists/open/head` }],
    });
  });

  test("the key set holds the active key and nothing private", async () => {
    const { keys } = (await (await get("/.well-known/jwks.json")).json()) as {
      keys: Record<string, string>[];
    };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
  });

  test.each([
    ["/v1/lists/prod/head", {}, 401, "unauthorized"],
    [
      "/v1/lists/prod/head",
      { authorization: "Bearer rcc_nobody-has-this-token-0000000" },
      401,
      "unauthorized",
    ],
    ["/v1/lists/nobody/head", {}, 404, "unknown-list"],
    ["/v1/lists/open/heads/99", {}, 404, "unknown-object"],
    [`/v1/lists/open/objects/${"0".repeat(64)}`, {}, 404, "unknown-object"],
    ["/v1/lists/open/elsewhere", {}, 404, "unknown-object"],
    ["/v1/elsewhere", {}, 404, "unknown-path"],
  ])("GET %s %o is refused with %i %s and never cached", async (path, headers, status, type) => {
    const answer = await get(path, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({ type: `/problems/${type}`, status });
  });

  test("an export has the head's access, says what it cannot express, and is answered 304 when it is known", async () => {
    expect((await get("/v1/lists/prod/export/json")).status).toBe(401);
    const answer = await get("/v1/lists/prod/export/pocket-id", bearer());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    expect(answer.headers.get("rollcall-cannot-express")).toContain("redirects");
    expect(await answer.json()).toMatchObject({
      CIMD_URL_ALLOWLIST: ["https://nothing-is-approved.invalid/client.json"],
    });
    const known = { ...bearer(), "if-none-match": answer.headers.get("etag") ?? "" };
    expect((await get("/v1/lists/prod/export/pocket-id", known)).status).toBe(304);
    const head = await fetch(`${base}/v1/lists/open/export/json`, { method: "HEAD" });
    expect([head.status, head.headers.get("cache-control"), await head.text()]).toEqual([
      200,
      "public, max-age=5, stale-if-error=86400",
      "",
    ]);
  });

  test("an export that would admit more than was approved must be asked for, an unknown one lists the known", async () => {
    const wide = await get("/v1/lists/open/export/keycloak");
    expect([wide.status, wide.headers.get("cache-control")]).toEqual([409, "no-store"]);
    expect(await wide.json()).toMatchObject({ type: "/problems/would-widen", would_admit: [] });
    expect((await get("/v1/lists/open/export/keycloak?accept=host")).status).toBe(200);
    const unknown = await get("/v1/lists/open/export/nothing");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      type: "/problems/unknown-adapter",
      adapters: expect.arrayContaining(["keycloak", "opa"]) as unknown,
    });
  });

  test("another list's token is not enough", async () => {
    const { id } = await createAudience(ctx, systemActor, { slug: "other", name: "Other" });
    const other = await connectConsumer(ctx, systemActor, { audienceId: id, name: "idp-2" });
    const answer = await get("/v1/lists/prod/head", { authorization: `Bearer ${other.token}` });
    expect(answer.status).toBe(403);
  });

  test("reading another server's public list is not a pull of the own one", async () => {
    await pulls.flush();
    const before = await find(home.db, "consumer", { id: consumerId });
    await get("/v1/lists/open/head", bearer());
    await pulls.flush();
    expect(await find(home.db, "consumer", { id: consumerId })).toEqual(before);
  });

  test("a head is answered with its ETag, and 304 when it is known", async () => {
    const answer = await get("/v1/lists/prod/head", bearer());
    const etag = answer.headers.get("etag") ?? "";
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    for (const known of [etag, `W/${etag}`, `"7000", ${etag}`])
      expect((await get("/v1/lists/prod/head", { ...bearer(), "if-none-match": known })).status).toBe(304);
    expect((await get("/v1/lists/prod/head", { ...bearer(), "if-none-match": '"7000"' })).status).toBe(200);
    const open = await get("/v1/lists/open/head");
    expect(open.headers.get("cache-control")).toBe("public, max-age=5, stale-if-error=86400");
    expect(
      (await get("/v1/lists/open/head", { "if-none-match": open.headers.get("etag") ?? "" })).status,
    ).toBe(304);
  });

  test("a held poll is answered the moment a newer head exists", async () => {
    const first = await get("/v1/lists/prod/head", bearer());
    const held = get("/v1/lists/prod/head", {
      ...bearer(),
      "if-none-match": first.headers.get("etag") ?? "",
      prefer: "wait=30",
    });
    await publishAgain();
    await board.refresh();
    const answer = await held;
    expect(answer.status).toBe(200);
    expect(answer.headers.get("preference-applied")).toBe("wait");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("etag")).not.toBe(first.headers.get("etag"));
  });

  test("a past head stays, an object is immutable and compressed as it was stored", async () => {
    expect((await get("/v1/lists/open/heads/1")).headers.get("cache-control")).toContain("immutable");
    const head = await find(home.db, "head", { seq: 1 });
    const path = `/v1/lists/open/objects/${head?.root}`;
    const plain = await get(path, { "accept-encoding": "identity" });
    expect(sha256Hex(await plain.text())).toBe(head?.root);
    const stored = await find(home.db, "allowlistObject", { sha: head?.root });
    expect(sha256Hex(gunzipSync(stored?.gzip ?? new Uint8Array()))).toBe(head?.root);
    const zipped = await get(path, { "accept-encoding": "gzip" });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(sha256Hex(await zipped.text())).toBe(head?.root);
  });

  test("no shared cache keeps a past head of a private list", async () => {
    const past = async (list: string, headers = {}) =>
      (await get(`/v1/lists/${list}/heads/1`, headers)).headers.get("cache-control");
    expect(await past("open")).toMatch(/^public\b/);
    expect(await past("prod", bearer())).toMatch(/^private\b/);
    expect(await past("prod")).toBe("no-store");
  });

  test("a bundle is the head and every object it reaches", async () => {
    const lines = (await (await get("/v1/lists/open/bundle")).text()).trim().split("\n");
    const claims = JSON.parse(Buffer.from(lines[0]?.split(".")[1] ?? "", "base64url").toString()) as {
      root: string;
    };
    expect(lines.slice(1).map(sha256Hex)).toContain(claims.root);
  });

  test("a bundle since a head leaves out what that head's tree has; since an unknown one, nothing", async () => {
    const linesOf = async (query: string) =>
      (await (await get(`/v1/lists/open/bundle${query}`)).text()).trim().split("\n").length;
    const seq = board.list("open")?.seq;
    expect(await linesOf(`?since=${seq}`)).toBe(1);
    expect(await linesOf("?since=999999")).toBe(await linesOf(""));
  });

  test("a consumer verifies the list, reports, and is answered with the newest head", async () => {
    const consumer = createConsumer({
      head: `${base}/v1/lists/prod/head`,
      token,
      mode: "mirror",
      enforcement: "enforce",
      store: memoryStore(),
      clock: () => ctx.clock(),
      status: { url: base, consumerId, instance: "a" },
    });
    await consumer.ready();
    const decision = await consumer.decide({ client_id: "https://app.example.com/c.json" });
    expect(decision).toMatchObject({ decision: "deny", reasons: ["not_listed"] });
    await consumer.stop();
    const consumerRow = await find(home.db, "consumer", { id: consumerId });
    await pulls.flush();
    expect(await find(home.db, "report", { consumerId: consumerRow?.id })).toMatchObject({
      instance: "a",
      mode: "mirror",
    });
    expect((await find(home.db, "consumer", { id: consumerId }))?.lastPullSeq).toBe(consumer.head()?.seq);
  });

  test.each([
    ["no token", {}, "{}", 401],
    ["a body that is not JSON", "bearer", "{", 400],
    ["a body of 90 KB", "bearer", `"${"x".repeat(90_000)}"`, 400],
    ["a report of another form", "bearer", '{"list":"prod"}', 422],
  ])("a status report with %s is refused", async (_name, auth, body, status) => {
    const headers = auth === "bearer" ? bearer() : {};
    const answer = await fetch(`${base}/v1/consumers/${consumerId}/status`, { method: "PUT", headers, body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("everything else goes to the console, which is told path and address by us alone", async () => {
    const answer = await get("/clients?q=a", { "x-rollcall-path": "/evil", "x-rollcall-address": "6.6.6.6" });
    expect(await answer.text()).toBe("console /clients?q=a 127.0.0.1");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toBe((await get("/clients")).headers.get("content-security-policy"));
  });

  test("only a trusted proxy is believed about who calls", async () => {
    const trusting = { ...ctx, config: { ...ctx.config, trustedProxies: ["127.0.0.0/8"] } };
    const others: RequestListener = (request, response) =>
      void response.end(String(request.headers["x-rollcall-address"]));
    const before = listener;
    const forwarded = { "x-forwarded-for": "6.6.6.6, 198.51.100.1" };
    expect(await (await get("/", forwarded)).text()).toBe("console / 127.0.0.1");
    listener = createDoor({ ctx: trusting, board, tokens: new TokenDesk(ctx), pulls, others });
    expect(await (await get("/", forwarded)).text()).toBe("198.51.100.1");
    listener = before;
  });

  test("while the database does not answer, the last head stays", async () => {
    let down = false;
    const orm = new Proxy(home.db.orm, {
      get(target, name) {
        if (down) throw new Error("gone");
        return Reflect.get(target, name);
      },
    });
    const fragile = new Board({ ...ctx, db: { ...home.db, orm } });
    await fragile.refresh();
    down = true;
    await expect(fragile.refresh()).rejects.toThrow("gone");
    expect(fragile.list("open")?.jws).toBe(await (await get("/v1/lists/open/head")).text());
  });

  test("the worker's own look at its lists gets through this door, the private one's too", async () => {
    ctx.pass(60_000);
    await watchOwnHeads(ctx, ownWatch());
    for (const slug of ["open", "prod"])
      expect(await find(ctx.db, "condition", { key: `head:${slug}` })).toMatchObject({
        ok: true,
        sentence: `The published list of ${slug} verifies.`,
      });
  });
});
