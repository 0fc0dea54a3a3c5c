import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { start as startPostgres } from "../tools/testPostgres.mjs";
import { curlCheck } from "./curlCheck.ts";
import { median } from "./median.ts";
import { millionOnPostgres, millionOnSqlite, type Million } from "./millionClients.ts";
import { nextDueTimes } from "./nextDue.ts";
import { providerCheck } from "./providerCheck.ts";
import { rawDispatch } from "./rawDispatch.ts";
import { openInventory, type Inventory } from "./watchInventory.ts";

/*
 * What it costs to watch. CPU of this process per check, the worker's whole beat with its share of the claim and its
 * write into a SQLite file, against undici's bare dispatch of the same requests (loopback, TLS, keep-alive, 64 publishers), in
 * short turns side by side, so that whatever else the machine does meets all sides alike. None sweeps up what another left:
 *   unchanged_over_raw    a 304, target ≥ 0.60
 *   over_curl             a document read whole against curl | jq -S | diff, target ≥ 15
 *   over_oidc_provider    the same against oidc-provider's own resolution of a client_id, target ≥ 2
 * And how long the next 500 due clients of a million take to find, in milliseconds, target ≤ 2:
 *   next_due_ms_sqlite, next_due_ms_postgres
 */
const rounds = 5;
const turns = 4;
const perPublisher = 16;
const headers = ["user-agent", "Rollcall/bench", "accept", "application/json", "accept-encoding", "identity"];
const conditional = [
  ...headers,
  "if-none-match",
  '"5f3c1d2e-1a2b"',
  "if-modified-since",
  "Fri, 20 Nov 2026 08:00:00 GMT",
];

const server = fork(fileURLToPath(new URL("./watchServer.ts", import.meta.url)));
const [ready] = (await once(server, "message")) as [{ port: number; caPem: string }];
const raw = rawDispatch(ready.caPem);
const provider = providerCheck(ready.caPem);
const same = await openInventory(ready, "same", perPublisher);
const plain = await openInventory(ready, "plain", perPublisher);
const changing = await openInventory(ready, "new", perPublisher / 8);

/** Work on all clients, one line for each publisher. */
const byPublisher =
  ({ clientIds }: Inventory, work: (clientId: string) => Promise<void>) =>
  async () => {
    const lines = [...Map.groupBy(clientIds, (clientId) => new URL(clientId).host).values()];
    await Promise.all(
      lines.map(async (ids) => {
        for (const clientId of ids) await work(clientId);
      }),
    );
  };
const get = (expected: number, sent: string[]) => async (clientId: string) => {
  const { origin, pathname } = new URL(clientId);
  const { status } = await raw.get(origin, pathname, sent);
  if (status !== expected) throw new Error(`The server answered ${status}.`);
};

const sides = {
  "raw 304": [byPublisher(same, get(304, conditional)), same],
  "304, written": [same.beat, same],
  "raw 200": [byPublisher(plain, get(200, headers)), plain],
  "unchanged 200, written": [plain.beat, plain],
  "changed 200, written": [changing.beat, changing],
  "oidc-provider": [byPublisher(plain, (clientId) => provider.resolve(clientId)), plain],
} as const satisfies Record<string, readonly [() => Promise<void>, Inventory]>;
type Side = keyof typeof sides;
const names = Object.keys(sides) as Side[];

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** CPU of this process per check, in microseconds. */
async function cpuOf([work, { clientIds }]: (typeof sides)[Side]): Promise<number> {
  collectGarbage();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / clientIds.length;
}

const measured = new Map<Side, number[]>(names.map((name) => [name, []]));
for (let warm = 0; warm < 4; warm += 1) for (const name of names) await cpuOf(sides[name]);
for (let round = 0; round < rounds; round += 1) {
  const sums = new Map<Side, number>(names.map((name) => [name, 0]));
  for (let turn = 0; turn < turns; turn += 1)
    for (const name of names) sums.set(name, (sums.get(name) ?? 0) + (await cpuOf(sides[name])));
  for (const [name, sum] of sums) measured.get(name)?.push(sum / turns);
}
const curl = await curlCheck(ready.caPem, plain.clientIds.slice(0, 60));
for (const inventory of [same, plain, changing]) await inventory.close();
await raw.close();
await provider.close();
server.disconnect();

for (const [name, list] of measured)
  console.log(
    `${name.padEnd(24)} ${median(list).toFixed(1).padStart(7)} µs CPU per check   (${list.map((cpu) => cpu.toFixed(1)).join(", ")})`,
  );
console.log(
  curl === undefined
    ? "curl | jq -S | diff      curl and jq are not installed"
    : `curl | jq -S | diff      ${curl.toFixed(0).padStart(7)} µs CPU per check, of all its processes`,
);

async function nextDue(name: string, open: () => Promise<Million>): Promise<number> {
  const million = await open();
  try {
    const { p50, p95 } = await nextDueTimes(million);
    console.log(`next 500 due, ${name.padEnd(10)} p50 ${p50.toFixed(2)} ms   p95 ${p95.toFixed(2)} ms`);
    return Number(p50.toFixed(2));
  } finally {
    await million.drop();
  }
}
const nextDueSqlite = await nextDue("SQLite", millionOnSqlite);
const postgres = await startPostgres();
const nextDuePostgres = postgres
  ? await nextDue("PostgreSQL", () => millionOnPostgres(postgres.url))
  : undefined;
await postgres?.stop();

/** How many times `one` costs `other`, in the median round. */
function ratio(one: Side, other: Side): number {
  const ours = measured.get(other) ?? [];
  return Number(median((measured.get(one) ?? []).map((cpu, round) => cpu / (ours[round] ?? NaN))).toFixed(3));
}
const whole = median(measured.get("unchanged 200, written") ?? []);
console.log(
  `raw over unchanged 200: ${ratio("raw 200", "unchanged 200, written")}, over changed 200: ${ratio("raw 200", "changed 200, written")}`,
);
console.log(
  `figures: ${JSON.stringify({
    unchanged_over_raw: ratio("raw 304", "304, written"),
    next_due_ms_sqlite: nextDueSqlite,
    next_due_ms_postgres: nextDuePostgres ?? null,
    over_curl: curl === undefined ? null : Number((curl / whole).toFixed(1)),
    over_oidc_provider: ratio("oidc-provider", "unchanged 200, written"),
  })}`,
);
