import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "./testing/serve.mjs";

const script = fileURLToPath(new URL("rollcall-export.sh", import.meta.url));
const withoutCurl = !process.env.PATH.split(":").some((folder) => existsSync(join(folder, "curl")));
const folder = mkdtempSync(join(tmpdir(), "rollcall-export-"));
const [file, token, applied] = ["export.json", "authorization", "applied"].map((name) => join(folder, name));
const answers = { status: 200, body: { rev: 1 }, etag: '"1"' };
let door;

beforeAll(async () => {
  writeFileSync(token, "Authorization: Bearer rcc_test\n");
  door = await serve((_method, _url, _body, headers) => {
    if (headers.authorization !== "Bearer rcc_test") return [401, {}];
    if (headers["if-none-match"] === answers.etag) return [304, undefined];
    return [answers.status, answers.body, { etag: answers.etag }];
  });
});
afterAll(() => {
  door.close();
  rmSync(folder, { recursive: true });
});

const run = (command) =>
  new Promise((done) => {
    const env = { PATH: process.env.PATH, ROLLCALL_AUTHORIZATION: token };
    const args = [script, `${door.base}/export`, file, "sh", "-c", command];
    execFile("sh", args, { env }, (error, _out, err) => done({ code: error?.code ?? 0, err }));
  });
const apply = `cat '${file}' >> '${applied}'`;
const seen = () => readFileSync(applied, "utf8");

test.skipIf(withoutCurl)("a new export is applied once, an old one not again, an error never", async () => {
  expect(await run(apply)).toMatchObject({ code: 0 });
  expect(await run(apply)).toMatchObject({ code: 0 });
  expect(seen()).toBe('{"rev":1}');
  Object.assign(answers, { status: 503, etag: '"2"', body: { type: "/problems/list-expired" } });
  expect(await run(apply)).toEqual({ code: 2, err: '{"type":"/problems/list-expired"}' });
  expect([seen(), readFileSync(file, "utf8")]).toEqual(['{"rev":1}', '{"rev":1}']);
  Object.assign(answers, { status: 200, body: { rev: 2 } });
  expect(await run("exit 7")).toMatchObject({ code: 7 });
  expect(await run(apply)).toMatchObject({ code: 0 });
  expect(seen()).toBe('{"rev":1}{"rev":2}');
});
