import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { freePort } from "../lab/startAuthorizationServer.ts";
import type { Adapter, RunningServer, Stage } from "./Adapter.ts";

interface Miniflare {
  readonly ready: Promise<URL>;
  dispose(): Promise<void>;
}

const folder = join(import.meta.dirname, "../../examples/cloudflare-workers");

/** miniflare runs workerd, the runtime of Cloudflare, as a process of its own. It is installed with the example. */
async function start(stage: Stage): Promise<RunningServer> {
  const path = createRequire(join(folder, "package.json")).resolve("miniflare");
  const { Miniflare, Response: Answer } = (await import(pathToFileURL(path).href)) as {
    Miniflare: new (options: object) => Miniflare;
    Response: typeof Response;
  };
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const resource = `${issuer}/mcp`;
  const publisher = new URL(stage.head).origin;
  const runtime = new Miniflare({
    host: "127.0.0.1",
    port,
    modules: [{ type: "ESModule", path: "worker.mjs", contents: await bundle() }],
    compatibilityDate: "2026-07-01",
    compatibilityFlags: ["nodejs_compat", "global_fetch_strictly_public"],
    kvNamespaces: ["OAUTH_KV"],
    durableObjects: { ROSTER: { className: "Roster", useSQLite: true } },
    bindings: { ROLLCALL_HEAD: stage.head, RESOURCE: resource, SCOPES: "tickets.read tickets.write" },
    handleRuntimeStdio: () => {},
    // Everything the Worker fetches: the publisher as it is, every other name is the sandbox.
    outboundService: async (request: Request) => {
      const get = request.url.startsWith(publisher) ? fetch : stage.fetch;
      const headers = Object.fromEntries(request.headers);
      const answer = await get(request.url, { headers, redirect: "manual" });
      const { status } = answer;
      return new Answer(status === 304 ? null : await answer.arrayBuffer(), {
        status,
        headers: [...answer.headers].filter(([name]) => name !== "content-encoding"),
      });
    },
  });
  await runtime.ready;
  return {
    issuer,
    resource,
    use: (token) => fetch(resource, { headers: { authorization: `Bearer ${token}` } }),
    advance: async (seconds) => void (await fetch(`${issuer}/test/advance?seconds=${seconds}`)),
    stop: () => runtime.dispose(),
  };
}

/** As wrangler does: one module, with what the runtime itself has left outside. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "workerUnderTest.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "import"],
    external: ["cloudflare:workers", "node:*"],
  });
  return outputFiles[0]!.text;
}

export const cloudflareWorkers: Adapter = {
  name: "workers-oauth-provider",
  ownPackages: "cloudflare-workers",
  scopes: ["offline_access"],
  start,
};
