import type { RiskTier } from "#lib/core/client.ts";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { askBreaker, closedBreaker, tellBreaker, type Breaker } from "#lib/core/schedule/breaker.ts";
import { nextTry } from "#lib/core/schedule/nextTry.ts";
import { nextVisit } from "#lib/core/schedule/nextVisit.ts";
import { periods } from "#lib/core/schedule/periods.ts";
import { share } from "#lib/core/schedule/share.ts";
import { fullBucket, take, type Bucket } from "#lib/core/schedule/take.ts";

/*
 * How the schedule behaves at size, played through second by second with the functions the product uses and no network:
 * 200,000 clients imported within ten minutes, a day to settle, a day that is measured, a day in which a tenth of the
 * hosts is down (with them one host of 5,000 clients), and a day after. Nothing is random and nothing is timed: every
 * run prints the same. Targets: peak_over_mean ≤ 1.3, tries_per_client_24h ≤ 40, probes_per_step ≤ 1.
 */
const clients = Number(process.env["BENCH_CLIENTS"] ?? 200_000);
const crowd = Math.floor(clients / 40);
const hostSizes = [1, 1, 1, 2, 2, 3, 10];
const start = Date.UTC(2026, 0, 1, 9);
const seconds = (4 * day + 8 * hour) / second;
const measured = { from: start + day + hour, to: start + 2 * day };
const outage = { from: measured.to, to: measured.to + day };
const hostileMaxAge = 31_536_000 * second;

interface Host {
  readonly name: string;
  readonly fails: boolean;
  bucket: Bucket;
  breaker: Breaker;
  /** Steps the breaker began while the host was down, and the visits let through meanwhile. */
  steps: number;
  probes: number;
}

interface Client {
  readonly clientId: string;
  readonly riskTier: RiskTier;
  readonly host: Host;
  readonly freshFor: number;
  lookedAt: number;
  failures: number;
  tries: number;
  /** A token is its own at the moment it comes back. */
  hasToken: boolean;
}

const hosts: Host[] = [];
const busy = addHost("busy.example", false);
const dead = addHost("dead.example", true);
const everyone: Client[] = [];
for (let n = 0; n < crowd; n += 1) addClient(busy);
for (let n = 0; n < crowd; n += 1) addClient(dead);
while (everyone.length < clients) {
  const name = `h${hosts.length}.example`;
  const host = addHost(name, share(name, "outage") < 0.1);
  const size = hostSizes[hosts.length % hostSizes.length] ?? 1;
  for (let n = 0; n < size && everyone.length < clients; n += 1) addClient(host);
}

function addHost(name: string, fails: boolean): Host {
  const host = { name, fails, bucket: fullBucket, breaker: closedBreaker, steps: 0, probes: 0 };
  hosts.push(host);
  return host;
}

function addClient(host: Host): void {
  const clientId = `https://${host.name}/${everyone.length}.json`;
  const risk = share(clientId, "risk");
  const riskTier = risk < 0.02 ? "critical" : risk < 0.1 ? "high" : risk < 0.4 ? "medium" : "low";
  const freshFor = share(clientId, "cache") < 0.01 ? hostileMaxAge : 0;
  everyone.push({ clientId, riskTier, host, freshFor, lookedAt: 0, failures: 0, tries: 0, hasToken: false });
}

/** Per second the first client that is due, and after each client the next one: a calendar without garbage. */
const firstAt = new Int32Array(seconds).fill(-1);
const nextOf = new Int32Array(clients).fill(-1);
function put(index: number, at: number): void {
  const slot = Math.ceil((at - start) / second);
  if (slot >= seconds) return;
  nextOf[index] = firstAt[slot] ?? -1;
  firstAt[slot] = index;
}

const perMinute = new Uint32Array(Math.ceil((seconds * second) / minute));
/** How long a client had not been looked at when it was, in hundredths of its period. */
const ages = { healthy: histogram(), busy: histogram() };
/** How long after the outage its clients were looked at again, in hundredths of an hour. */
const hoursAfterwards = histogram();

function histogram(): Map<number, number> {
  return new Map();
}

function age(map: Map<number, number>, old: number): void {
  const hundredths = Math.ceil(old * 100);
  map.set(hundredths, (map.get(hundredths) ?? 0) + 1);
}

/** One client's turn: when it wants to be visited again. */
function turn(client: Client, now: number): number {
  const { host } = client;
  const asked = askBreaker(host.breaker, client, now);
  host.breaker = asked.breaker;
  if (!asked.go) return asked.waitUntil;
  if (!client.hasToken) {
    const { bucket, waitMs } = take(host.bucket, now);
    host.bucket = bucket;
    client.hasToken = waitMs > 0;
    if (waitMs > 0) return now + waitMs;
  }
  client.hasToken = false;
  return visit(client, now);
}

function visit(client: Client, now: number): number {
  const { host, clientId, riskTier } = client;
  const minuteOfRun = Math.floor((now - start) / minute);
  perMinute[minuteOfRun] = (perMinute[minuteOfRun] ?? 0) + 1;
  const inOutage = now >= outage.from && now < outage.to;
  const failed = host.fails && inOutage;
  if (failed) client.tries += 1;
  if (failed && host.breaker.state !== "closed") host.probes += 1;
  const before = host.breaker;
  host.breaker = tellBreaker(before, { host: host.name, clientId, failed }, now);
  if (failed) {
    client.failures += 1;
    if (host.breaker.state !== "open") return nextTry(clientId, client.failures, now);
    if (before.state !== "open") host.steps += 1;
    return host.breaker.probeAt;
  }
  if (client.lookedAt > 0) {
    const periodsOld = (now - client.lookedAt) / periods[riskTier];
    if (host === busy) age(ages.busy, periodsOld);
    if (!host.fails || now < outage.from) age(ages.healthy, periodsOld);
    else if (client.lookedAt < outage.to) age(hoursAfterwards, (now - outage.to) / hour);
  }
  client.lookedAt = now;
  client.failures = 0;
  return nextVisit(clientId, riskTier, now, { freshFor: client.freshFor });
}

for (const [index, { clientId }] of everyone.entries())
  put(index, start + share(clientId, "import") * 10 * minute);
for (let slot = 0; slot < seconds; slot += 1) {
  const now = start + slot * second;
  for (let index = firstAt[slot] ?? -1; index >= 0;) {
    const client = everyone[index];
    const after = nextOf[index] ?? -1;
    if (client) put(index, Math.max(turn(client, now), now + second));
    index = after;
  }
}

const peakOverMean = (from: number, to: number) => {
  const span = perMinute.subarray((from - start) / minute, (to - start) / minute);
  let sum = 0;
  let peak = 0;
  for (const count of span) {
    sum += count;
    peak = Math.max(peak, count);
  }
  const mean = sum / span.length;
  return { mean, peak, ratio: peak / mean };
};

function quantile(map: Map<number, number>, part: number): number {
  const sorted = [...map].sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [hundredths, count] of sorted) {
    seen += count;
    if (seen >= part * total) return hundredths / 100;
  }
  return Number.NaN;
}

const settled = peakOverMean(measured.from, measured.to);
const afterwards = peakOverMean(outage.to, outage.to + day);
const tries = everyone.filter(({ host }) => host.fails).map((client) => client.tries);
const broken = hosts.filter(({ steps }) => steps > 0);
const perStep = Math.max(...broken.map(({ probes, steps }) => probes / steps));
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const unseen = tries.length - sum([...hoursAfterwards.values()]);
const row = (name: string, ...values: string[]) => console.log(`${name.padEnd(42)}${values.join("   ")}`);
const perMinuteRow = (name: string, { mean, peak, ratio }: typeof settled) =>
  row(name, `mean ${mean.toFixed(0)}`, `peak ${peak}`, `peak/mean ${ratio.toFixed(2)}`);
const agesRow = (name: string, map: Map<number, number>) =>
  row(
    name,
    ...[0.5, 0.99, 1].map((part) => `${part === 1 ? "max" : `p${part * 100}`} ${quantile(map, part)}`),
  );

row("clients", `${clients} on ${hosts.length} hosts, two of them with ${crowd}`);
perMinuteRow("fetches per minute, second day", settled);
perMinuteRow("fetches per minute, day after the outage", afterwards);
agesRow("age when looked at, in periods", ages.healthy);
agesRow("  on the busy host", ages.busy);
agesRow("hours after the outage until looked at", hoursAfterwards);
row("  not looked at by the end", `${unseen} of ${tries.length} clients`);
row(
  "tries of a client in 24 h of outage",
  `mean ${(sum(tries) / tries.length).toFixed(1)}`,
  `max ${Math.max(...tries)}`,
  `(${tries.length} clients)`,
);
row(
  "breakers that opened",
  `${broken.length} hosts`,
  `probes ${sum(broken.map(({ probes }) => probes))}`,
  `steps ${sum(broken.map(({ steps }) => steps))}`,
);
row("  the dead host", `probes ${dead.probes}`, `steps ${dead.steps}`);
console.log(
  `figures: ${JSON.stringify({
    peak_over_mean: Number(settled.ratio.toFixed(3)),
    tries_per_client_24h: Math.max(...tries),
    probes_per_step: Number(perStep.toFixed(3)),
    staleness_p99_periods: quantile(ages.healthy, 0.99),
  })}`,
);
