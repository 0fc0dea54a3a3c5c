import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newPostgresDatabase } from "#lib/db/testing/newPostgresDatabase.ts";

export interface Installation {
  readonly baseUrl: string;
  readonly dataDir: string;
  /** The one-time link that a first start prints. */
  readonly setupLink: string;
  readonly webPid: number;
  readonly workerPid: number;
  stop(): Promise<void>;
}

/** The built processes, web and worker, on a data folder of their own: what `npm start` runs. */
export async function startInstallation(env: Readonly<Record<string, string>>): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-e2e-"));
  const port = String(await freePort());
  const baseUrl = `http://127.0.0.1:${port}`;
  const all = {
    ...process.env,
    NODE_ENV: "production" as const,
    ROLLCALL_LOG_LEVEL: "warn",
    ...env,
    PORT: port,
    ROLLCALL_BASE_URL: baseUrl,
    ROLLCALL_DATA_DIR: dataDir,
  };
  const start = (name: string) =>
    spawn(process.execPath, [`dist/${name}.mjs`], { env: all, stdio: ["ignore", "pipe", "inherit"] });
  const web = start("web");
  const worker = start("worker");
  const [setupLink] = await Promise.all([
    said(web, /Create the first administrator.*: (http\S+)/),
    said(worker, /The worker is (running)/),
  ]);
  return {
    baseUrl,
    dataDir,
    setupLink,
    webPid: web.pid ?? 0,
    workerPid: worker.pid ?? 0,
    async stop() {
      await Promise.all([web, worker].map(end));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The setting that names a database: none for SQLite in the data folder, a new one on the test server for PostgreSQL. */
export async function databaseEnv(database: "SQLite" | "PostgreSQL"): Promise<Record<string, string>> {
  const server = process.env["TEST_PG_URL"];
  if (database === "SQLite" || !server) return {};
  return { ROLLCALL_DATABASE_URL: (await newPostgresDatabase(server)).url };
}

/** What a process says, once it says it; an end before that is an error with its last words. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      const found = pattern.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`It ended with ${code}: ${text}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
