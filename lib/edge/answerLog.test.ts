import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { parseCheckpoint } from "#lib/core/log/checkpoint.ts";
import { parseEntryBundle } from "#lib/core/log/entryBundle.ts";
import { rootOf } from "#lib/core/log/proofs.ts";
import { formatTilePath } from "#lib/core/log/tilePath.ts";
import { leafHash } from "#lib/core/log/treeHash.ts";
import { appendJournal } from "#lib/db/queries/appendJournal.ts";
import { openTestSqlite, type TestDatabase } from "#lib/db/testing/openTestDatabase.ts";
import { appendToLog } from "#lib/flows/log/appendToLog.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { verifySignedNote } from "#lib/views/log/verifySignedNote.ts";
import { Board } from "./Board.ts";
import { createDoor } from "./createDoor.ts";
import { PullBook } from "./PullBook.ts";
import { TokenDesk } from "./TokenDesk.ts";

let home: TestDatabase;
let ctx: TestContext;
let base = "";
const server = createServer();

beforeAll(async () => {
  home = await openTestSqlite();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ctx = await openTestContext(home.db, { config: { baseUrl: base } });
  const board = new Board(ctx);
  const parts = { ctx, board, tokens: new TokenDesk(ctx), pulls: new PullBook(ctx) };
  server.on("request", createDoor({ ...parts, others: (_, response) => response.end() }));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await ctx.close();
  await home.drop();
});

const get = (path: string, method = "GET") => fetch(`${base}/v1/log/${path}`, { method });
const bytes = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer());

test("before its first leaf the log is not there yet", async () => {
  const answer = await get("checkpoint");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(await (await fetch(`${base}/.well-known/cimd-allowlist`)).json()).not.toHaveProperty("log");
});

test("whoever has the verifier key follows checkpoint, tiles and entries to the same root", async () => {
  await home.db.transaction(async (tx) => {
    const line = { action: "team.named", subject: { kind: "team", id: "t", name: "Team" } };
    for (let n = 0; n < 300; n++) await appendJournal(tx, systemActor, ctx.clock(), line);
  });
  await appendToLog(ctx);
  const { log } = (await (await fetch(`${base}/.well-known/cimd-allowlist`)).json()) as {
    log: { url: string; origin: string; verifier_key: string };
  };
  expect(log).toMatchObject({ url: `${base}/v1/log`, origin: `${base.slice("http://".length)}/v1/log` });

  const answer = await get("checkpoint");
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=5");
  const text = await verifySignedNote(await answer.text(), log.verifier_key);
  const { size = 0, root } = parseCheckpoint(text ?? "") ?? {};
  expect(size).toBe(301);

  const tiles = new Map<string, Uint8Array>();
  for (const [level, index, width] of [
    [0, 0, 256],
    [0, 1, 45],
    [1, 0, 1],
  ] as const)
    tiles.set(`${level}/${index}`, await bytes(`tile/${formatTilePath({ level, index, width })}`));
  expect(rootOf((level, index) => tiles.get(`${level}/${index}`), size)).toEqual(root);
  const entries = parseEntryBundle(await bytes("tile/entries/001.p/45")) ?? [];
  expect(Buffer.concat(entries.map(leafHash))).toEqual(Buffer.from(tiles.get("0/1") ?? []));
  expect(new TextDecoder().decode(entries[0])).toMatch(
    /^\{"k":"audit","id":"257","sha256":"[0-9a-f]{64}"\}$/,
  );

  const whole = await get("tile/0/000");
  expect(whole.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(whole.headers.get("content-type")).toBe("application/octet-stream");
  expect((await whole.arrayBuffer()).byteLength).toBe(8_192);
  const asked = await get("tile/0/000", "HEAD");
  expect([asked.status, asked.headers.get("content-length")]).toEqual([200, "8192"]);
});

test.each([
  "tile/0/001",
  "tile/0/001.p/46",
  "tile/0/002.p/1",
  "tile/1/000",
  "tile/2/000.p/1",
  "tile/0/000.p/256",
  "tile/0/0",
  "tile/entries/001",
  "tile/entries/x999/x999/x999/999.p/1",
  "tile/other/000",
  "elsewhere",
  "",
])("%s is not there, and nobody keeps that in mind", async (path) => {
  const answer = await get(path);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([404, "no-store"]);
});

test("a smaller tile of an earlier checkpoint is still served", async () => {
  expect((await bytes("tile/0/000.p/3")).length).toBe(96);
  expect(parseEntryBundle(await bytes("tile/entries/000.p/3"))).toHaveLength(3);
});

test("the log is only read", async () => {
  expect((await get("checkpoint", "POST")).status).toBe(405);
});
