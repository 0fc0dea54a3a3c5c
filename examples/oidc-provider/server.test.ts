import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TestPublisher, testKey } from "../../lib/consumer/testing/publisher.ts";

const client_id = "https://quillagent.dev/oauth/client.json";
let publisher: TestPublisher;
let state: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  publisher = new TestPublisher({ keys: [await testKey()], now: Math.floor(Date.now() / 1000) });
  publisher.token = "rc_example";
  await publisher.listen();
  state = await mkdtemp(join(tmpdir(), "rollcall-example-"));
});
afterEach(async () => {
  if (child?.exitCode === null) {
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  }
  await publisher.close();
  await rm(state, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

/** The one command of the README; resolves with the issuer when it says where it listens. */
async function run(...more: string[]): Promise<string> {
  const port = await freePort();
  const args = [
    "--head",
    publisher.enrolment,
    "--token",
    "rc_example",
    "--consumer-id",
    "as-1",
    "--port",
    String(port),
  ];
  child = spawn(
    process.execPath,
    ["--no-warnings", join(import.meta.dirname, "server.ts"), ...args, "--state", state, ...more],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  for await (const line of createInterface(child.stdout!))
    if (line.startsWith("http")) return line.split(" ")[0]!;
  throw new Error("The example ended before it listened");
}

const discover = async (issuer: string) =>
  (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;

function authorize(issuer: string) {
  const query = new URLSearchParams({
    client_id,
    response_type: "code",
    redirect_uri: "http://127.0.0.1:9/callback",
  });
  return fetch(`${issuer}/auth?${query}`, { redirect: "manual" });
}

test("one command starts it, refuses who is not listed, and reports the release it runs", async () => {
  await publisher.publish({ entries: [["https://tidewater.dev/oauth/client.json", { status: "allow" }]] });
  const issuer = await run();
  expect(await discover(issuer)).toMatchObject({ issuer, client_id_metadata_document_supported: true });
  const refused = await authorize(issuer);
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining("client is not approved"),
  ]);
  expect(publisher.reports.at(-1)).toMatchObject({ active: { seq: 1 }, enforcement: "enforce", error: null });
});

test("while the list is empty it does not promise metadata documents; report-only it does", async () => {
  await publisher.publish({ entries: [] });
  expect(await discover(await run())).not.toHaveProperty("client_id_metadata_document_supported");
  child!.kill("SIGTERM");
  await once(child!, "exit");
  expect(await discover(await run("--report-only"))).toHaveProperty(
    "client_id_metadata_document_supported",
    true,
  );
});
