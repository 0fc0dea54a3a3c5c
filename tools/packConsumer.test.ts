import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packConsumer } from "./packConsumer.ts";

const run = promisify(execFile);
/** A stranger's project: nothing of ours is above it. */
const project = mkdtempSync(join(realpathSync(tmpdir()), "operator-"));

beforeAll(async () => {
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  await packConsumer(join(project, "node_modules/@rollcall/consumer"));
  for (const name of ["jose", "@types/node", "undici-types"])
    symlinkSync(realpathSync(join("node_modules", name)), join(project, "node_modules", name));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

it("runs on plain Node, from a folder that knows nothing of this one", async () => {
  writeFileSync(
    join(project, "main.mjs"),
    `
import { createConsumer, memoryStore } from "@rollcall/consumer";
import { decide } from "@rollcall/consumer/decide";
import { verifyHead } from "@rollcall/consumer/verifyHead";
import { verifyOwnHead } from "@rollcall/consumer/verifyOwnHead";
import { TestPublisher, testKey } from "@rollcall/consumer/testing/publisher";

const publisher = new TestPublisher({ keys: [await testKey()], now: Math.floor(Date.now() / 1000) });
await publisher.listen();
const root = await testKey();
await publisher.publishKeySet({ roots: [root] });
const client_id = "https://client.example/c.json";
await publisher.publish({ entries: [[client_id, { status: "allow" }]] });
const head = publisher.headUrl + "#root=" + root.kid;
const consumer = createConsumer({ head, mode: "lazy", enforcement: "enforce", store: memoryStore() });
await consumer.ready();
const { decision } = await consumer.decide({ client_id });
const { keysVersion } = consumer.head();
await publisher.close();
console.log(decision, keysVersion, typeof decide, typeof verifyHead, typeof verifyOwnHead);
`,
  );
  const { stdout } = await run(process.execPath, ["main.mjs"], { cwd: project });
  expect(stdout).toBe("allow 1 function function function\n");
});

it("its declarations hold for a strict compiler", async () => {
  writeFileSync(
    join(project, "main.ts"),
    `import { createConsumer, fileStore, type Decision } from "@rollcall/consumer";
const consumer = createConsumer({ head: "", mode: "mirror", enforcement: "enforce", store: fileStore("x") });
export const decision: Promise<Decision> = consumer.decide({ client_id: "x" });
// @ts-expect-error: a question names a client.
void consumer.decide({});
`,
  );
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
  await run(process.execPath, [realpathSync("node_modules/typescript/bin/tsc"), ...options, "main.ts"], {
    cwd: project,
  }).catch(({ stdout }: { stdout: string }) => expect.unreachable(stdout));
});
