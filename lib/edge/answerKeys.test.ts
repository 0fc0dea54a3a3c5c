import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import { openRootTools } from "#lib/context.ts";
import { openTestSqlite, type TestDatabase } from "#lib/db/testing/openTestDatabase.ts";
import { find } from "#lib/db/rows.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { publishKeySet } from "#lib/flows/signing/publishKeySet.ts";
import { revokeSigningKey } from "#lib/flows/signing/revokeSigningKey.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { keySetProposal } from "#lib/views/signing/keySetProposal.ts";
import { Board } from "./Board.ts";
import { createDoor } from "./createDoor.ts";
import { PullBook } from "./PullBook.ts";
import { TokenDesk } from "./TokenDesk.ts";

let home: TestDatabase;
let ctx: TestContext;
let board: Board;
let base = "";
let jws = "";
let enrolment = "";
const server = createServer();
const tools = openRootTools();
const passphrase = "a passphrase for tests";

beforeAll(async () => {
  home = await openTestSqlite();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ctx = await openTestContext(home.db, { config: { baseUrl: base } });
  await turnSigningKeys(ctx);
  const { id } = await createAudience(ctx, systemActor, { slug: "open", name: "Open", isPrivate: false });
  await publishDueReleases(ctx);
  board = new Board(ctx);
  await board.refresh();
  const others = () => undefined;
  server.on(
    "request",
    createDoor({ ctx, board, tokens: new TokenDesk(ctx), pulls: new PullBook(ctx), others }),
  );
  const root = await tools.create(passphrase);
  const proposal = await keySetProposal(ctx.db, ctx.clock(), {
    iss: base,
    lifetime: 180 * day,
    addRoots: [root.publicJwk],
  });
  if (!proposal.ok) throw new Error(proposal.faults.join());
  jws = await tools.sign(await tools.open(root.sealed, passphrase), proposal.claims);
  await publishKeySet(ctx, systemActor, { jws });
  ctx.pass(1_000);
  await publishDueReleases(ctx);
  await board.refresh();
  ({ enrolment } = await connectConsumer(ctx, systemActor, { audienceId: id, name: "idp-1" }));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await ctx.close();
  await home.drop();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });

test("a key set never changes", async () => {
  const answer = await get("/v1/keys/1");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/cimd-allowlist-keys+jwt");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(await answer.text()).toBe(jws);
  expect((await get("/v1/keys/1", { "if-none-match": answer.headers.get("etag") ?? "" })).status).toBe(304);
});

test.each(["2", "0", "01", "-1", "x", "99999999999", "1/2"])("there is no key set %s", async (version) => {
  const answer = await get(`/v1/keys/${version}`);
  expect(answer.status).toBe(404);
  if (version === "2") expect(answer.headers.get("cache-control")).toBe("public, max-age=30");
});

test("discovery says where they are, and a server that follows the root takes the list", async () => {
  expect(await (await get("/.well-known/cimd-allowlist")).json()).toMatchObject({
    keys_endpoint: `${base}/v1/keys`,
  });
  expect(enrolment).toMatch(/#root=[\w-]{43}&min_seq=\d+$/);
  const consumer = createConsumer({
    head: enrolment,
    mode: "lazy",
    enforcement: "enforce",
    store: memoryStore(),
    clock: ctx.clock,
  });
  await consumer.ready();
  expect(consumer.head()).toMatchObject({ keysVersion: 1, epoch: 1 });
  await consumer.stop();
});

test("a revoked key is gone from the JWKS as soon as the web process looks, and stands in the history", async () => {
  const kid = (await find(ctx.db, "signingKey", { state: "active" }))?.kid ?? "";
  await revokeSigningKey(ctx, systemActor, { kid, reason: "For the test, in secret words." });
  await board.refresh();
  expect(await (await get("/.well-known/jwks.json")).text()).not.toContain(kid);
  const history = await (await get("/v1/keys")).text();
  expect(JSON.parse(history)).toMatchObject({ newest_version: 1, epoch: 1 });
  expect(JSON.parse(history)).toHaveProperty("keys.1", expect.objectContaining({ kid, state: "revoked" }));
  expect(history).not.toMatch(/secret words|sealed|"d"/);
});
