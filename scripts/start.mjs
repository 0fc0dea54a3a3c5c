import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { startCompanion } from "./companion.mjs";
import { environment } from "./localNode.mjs";
import { supervise } from "./supervise.mjs";

const usage = `usage: npm start -- [--port N] [--data DIR] [--demo]

  --port N     where people and machines find Rollcall (default $PORT or 3000)
  --data DIR   where its files are kept (default $ROLLCALL_DATA_DIR or ./data)
  --demo       a believable company on a small internet of its own, in a throw-away data folder`;

/** Milliseconds. Told as a group, we hear one signal twice: from whoever sent it and from the launcher that handed it on. */
const sameSignal = 500;

/** Builds what is stale, then runs the web process and the worker until it is told to stop. */
export async function start(args) {
  const options = readOptions(args);
  if (!options) return 2;

  // Last started, first stopped; a signal and the end of this function may both ask, one after the other.
  const stops = [];
  const kills = [];
  let stopping = Promise.resolve();
  const stopAll = () =>
    (stopping = stopping.then(async () => {
      while (stops.length > 0) await stops.pop()();
    }));
  let told = 0;
  const onSignal = () => {
    if (!told) {
      told = Date.now();
      void stopAll();
    } else if (Date.now() - told >= sameSignal) {
      // A second signal means now, and nobody is left behind.
      for (const kill of kills) kill();
      process.exit(130);
    }
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal).on("SIGHUP", onSignal);

  try {
    await build();
    if (told) return 130;
    const more = { NODE_ENV: "production", PORT: String(options.port) };
    if (options.data) more.ROLLCALL_DATA_DIR = options.data;
    if (options.demo) {
      more.ROLLCALL_DEMO = "true";
      if (!options.data) {
        more.ROLLCALL_DATA_DIR = mkdtempSync(join(tmpdir(), "rollcall-demo-"));
        stops.push(() => rmSync(more.ROLLCALL_DATA_DIR, { recursive: true, force: true, maxRetries: 5 }));
      }
      // First the internet it looks at, then the company that lives in it; that one goes on to play its servers.
      const sandbox = startCompanion("sandbox", "e2e/sandbox/main.ts", environment(more));
      stops.push(sandbox.stop);
      kills.push(sandbox.kill);
      Object.assign(more, JSON.parse(await sandbox.ready).env);
      const company = startCompanion("demo", "e2e/demo/main.ts", environment(more));
      stops.push(company.stop);
      kills.push(company.kill);
      await company.ready;
    }
    if (told) return 130;
    const service = (name) => ({
      name,
      command: process.execPath,
      args: ["--enable-source-maps", `dist/${name}.mjs`],
      env: environment(more),
    });
    const services = supervise([service("web"), service("worker")]);
    stops.push(() => services.stop());
    kills.push(services.kill);
    return await services.finished;
  } catch (error) {
    if (told) return 130;
    throw error;
  } finally {
    await stopAll();
  }
}

function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: "string", default: process.env.PORT || "3000" },
        data: { type: "string" },
        demo: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const port = Number(values.port);
    if (values.help) throw new Error("");
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`--port ${values.port} is not a port`);
    return { port, data: values.data ? resolve(values.data) : undefined, demo: values.demo };
  } catch (error) {
    console.error([error.message, usage].filter(Boolean).join("\n\n"));
    return undefined;
  }
}
