import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Agent } from "undici";
import type { Dispatcher } from "undici";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";
import { day } from "#lib/core/Instant.ts";
import { findAll, insert } from "#lib/db/rows.ts";
import { refreshDueClients } from "#lib/flows/watch/refreshDueClients.ts";
import { createNet } from "#lib/net/createNet.ts";
import { median } from "./median.ts";

/*
 * What the guard costs: CPU per request of the guarded fetch against undici's bare dispatch over the same
 * transport (loopback, TLS, keep-alive, one connection for each of 64 origins). Target: safe_over_raw ≥ 0.65.
 * And the worker's whole beat on changed documents: lease, fetch, parse, checks, snapshot, journal, outbox, database
 * included. Target: changed_over_raw ≥ 0.25.
 */
const origins = 64;
const requests = Number(process.env["BENCH_REQUESTS"] ?? 12_800);
const rounds = 5;
const turns = 10;

const server = fork(fileURLToPath(new URL("./fetchServer.ts", import.meta.url)));
const [{ port, caPem }] = (await once(server, "message")) as [{ port: number; caPem: string }];
const urls = Array.from(
  { length: origins },
  (_, index) => `https://o${index}.example.com:${port}/client.json`,
);

const net = createNet({
  clock: () => performance.now(),
  now: () => Date.now(),
  userAgent: "Rollcall/bench",
  resolver: { resolve: async () => ({ A: ["127.0.0.1"], AAAA: [] }) },
  certificateAuthorities: [caPem],
  allowedCidrs: ["127.0.0.0/8"],
  allowedPorts: [port],
});
const config = readConfig(
  {
    ROLLCALL_DATA_DIR: mkdtempSync(join(tmpdir(), "rollcall-bench-")),
    ROLLCALL_LOG_LEVEL: "error",
    // All origins are of one domain, and ours: they do not mind.
    ROLLCALL_HOST_BUDGET_PER_SECOND: "10000",
  },
  () => "",
);
let now = Date.now();
const ctx: Context = { ...(await openContext(config, { process: "worker" })), net, clock: () => now };
const agent = new Agent({
  connections: 1,
  pipelining: 1,
  allowH2: false,
  connect: {
    ca: caPem,
    lookup: (_host, options, callback) =>
      options.all ? callback(null, [{ address: "127.0.0.1", family: 4 }]) : callback(null, "127.0.0.1", 4),
  },
});

const safe = async (url: string): Promise<void> => {
  const fetched = await net.fetch({ url, kind: "document" });
  if (fetched.outcome !== "ok") throw new Error(fetched.sentence);
};
const raw = async (url: string): Promise<void> => {
  const { status } = await dispatch(url);
  if (status !== 200) throw new Error(`The server answered ${status}.`);
};
await fillInventory();
let beats = 0;
/** One beat of the worker, two days later: every client is due and every document is another one. */
const beat = async (): Promise<void> => {
  now += 2 * day;
  beats += 1;
  const visited = await refreshDueClients(ctx);
  if (visited !== origins) throw new Error(`${visited} clients were due.`);
};

async function fillInventory(): Promise<void> {
  const rows = urls.map((clientId, index) => ({
    id: `client-${index}`,
    clientId,
    host: new URL(clientId).hostname,
    domain: "example.com",
    name: "Example client",
    profile: "ietf" as const,
    lifecycle: "discovered" as const,
    lifecycleAt: 0,
    sync: "never_fetched" as const,
    riskTier: "low" as const,
    riskReasons: [],
    selfApproved: false,
    failures: 0,
    nextFetchAt: 0,
    createdAt: 0,
    updatedAt: 0,
    revision: 1,
  }));
  await ctx.db.transaction((tx) => insert(tx, "client", ...rows));
}

function dispatch(url: string): Promise<{ status: number; body: Buffer }> {
  const path = "/client.json";
  const origin = url.slice(0, -path.length);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_controller, code) {
        status = code;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        resolve({ status, body: Buffer.concat(chunks) });
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    };
    agent.dispatch({ origin, path, method: "GET", headers: ["user-agent", "Rollcall/bench"] }, handler);
  });
}

/** One worker for each origin, one request at a time. */
const everyOrigin = (work: (url: string) => Promise<void>) => async (total: number) => {
  await Promise.all(
    urls.map(async (url) => {
      for (let done = 0; done < total; done += origins) await work(url);
    }),
  );
};
/** Work on a number of requests that is a multiple of the origins. */
const sides = {
  raw: everyOrigin(raw),
  safe: everyOrigin(safe),
  changed: async (total: number) => {
    for (let done = 0; done < total; done += origins) await beat();
  },
};

/** CPU of this process per request, in microseconds. */
async function cpuOf(work: (total: number) => Promise<void>, total: number): Promise<number> {
  const before = process.cpuUsage();
  await work(total);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / total;
}

const wholeBeats = (count: number) => Math.max(1, Math.round(count / origins)) * origins;
const inTurn = {
  raw: wholeBeats(requests / turns),
  safe: wholeBeats(requests / turns),
  changed: wholeBeats(requests / turns / 10),
};
const names = ["raw", "safe", "changed"] as const;
const measured: Record<string, number[]> = {};
for (const name of names) await cpuOf(sides[name], inTurn[name] * 2);
for (let round = 0; round < rounds; round += 1) {
  // Short turns, so that whatever else the machine does meets all sides alike.
  const sums = { raw: 0, safe: 0, changed: 0 };
  for (let turn = 0; turn < turns; turn += 1)
    for (const name of names) sums[name] += await cpuOf(sides[name], inTurn[name]);
  for (const name of names) (measured[name] ??= []).push(sums[name] / turns);
}
const changes = (await findAll(ctx.db, "client")).reduce((sum, { revision }) => sum + revision - 1, 0);
if (changes !== beats * origins) throw new Error(`${changes} of ${beats * origins} changes were written.`);
const ratio = (name: string) =>
  Number(
    median((measured[name] ?? []).map((cpu, round) => (measured["raw"]?.[round] ?? 0) / cpu)).toFixed(3),
  );

for (const [name, list] of Object.entries(measured)) {
  console.log(
    `${name}: ${median(list).toFixed(1)} µs CPU per request (${list.map((cpu) => cpu.toFixed(1)).join(", ")})`,
  );
}
const figures = {
  safe_over_raw: ratio("safe"),
  changed_over_raw: ratio("changed"),
};
console.log(`figures: ${JSON.stringify(figures)}`);

await ctx.close();
await agent.destroy();
server.disconnect();
