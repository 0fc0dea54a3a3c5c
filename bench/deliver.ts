import { fork, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startAuthorizationServer } from "../e2e/lab/startAuthorizationServer.ts";
import { sandboxFetch } from "../e2e/sandbox/sandboxFetch.ts";
import { startSandbox } from "../e2e/sandbox/startSandbox.ts";
import { startInstallation, type Installation } from "../e2e/startInstallation.ts";
import { readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";
import { systemActor, type PersonActor } from "#lib/core/Actor.ts";
import { createConsumer, memoryStore } from "#lib/consumer/createConsumer.ts";
import { find, findAll, insert } from "#lib/db/rows.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { issueToken } from "#lib/flows/people/issueToken.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { clientRow } from "./watchInventory.ts";
import { median } from "./median.ts";

/*
 * From a person's suspension to every server: the built processes, the API call that a click makes, servers that hold a
 * long poll, and a stock oidc-provider that refuses. Then how much memory ten thousand of them cost.
 */
const quill = "https://quillagent.dev/oauth/client.json";
const resource = "https://mcp.example.com/tickets";
const rounds = 12;

export interface Delivered {
  readonly signed_p50_ms: number;
  readonly deliver_1000_p50_ms: number;
  readonly deliver_1000_p99_ms: number;
  readonly seconds_to_refusal: number;
  readonly waiters: number;
  readonly kb_per_waiter: number;
}

export async function deliver(): Promise<Delivered> {
  const sandbox = await startSandbox();
  const web = sandboxFetch(sandbox);
  const rollcall = await startInstallation({ ...sandbox.env });
  const env = { ...sandbox.env, ROLLCALL_DATA_DIR: rollcall.dataDir, ROLLCALL_BASE_URL: rollcall.baseUrl };
  const ctx = await openContext(
    readConfig(env, (path) => readFileSync(path, "utf8")),
    { process: "cli" },
  );
  const children: ChildProcess[] = [];
  try {
    const { audienceId, token, clients } = await fill(ctx);
    const suspend = (id: string) => suspendBy(rollcall, token, id);
    const path = "/v1/lists/prod/head";
    await headWith(rollcall, path, clients.length + 1);
    const thousand = await startWaiters(children, rollcall, path, 1_000);

    const signed: number[] = [];
    const delivered: number[] = [];
    for (const id of clients.slice(0, rounds)) {
      const at = Date.now();
      await suspend(id);
      const arrivals = await allArrived(thousand, 1_000);
      delivered.push(...arrivals.map((arrival) => arrival - at));
      const lines = await findAll(ctx.db, "journal", { action: "release.published" });
      signed.push(Math.max(...lines.map((line) => line.at)) - at);
    }
    const seconds_to_refusal = await untilRefused(ctx, rollcall, audienceId, web.fetch, suspend);

    const before = residentKb(rollcall.webPid);
    await startWaiters(children, rollcall, path, 9_000);
    const kb_per_waiter = (residentKb(rollcall.webPid) - before) / 9_000;
    return {
      signed_p50_ms: Math.round(median(signed)),
      deliver_1000_p50_ms: Math.round(median(delivered)),
      deliver_1000_p99_ms: Math.round(
        delivered.toSorted((a, b) => a - b)[Math.ceil(delivered.length * 0.99) - 1] ?? Number.NaN,
      ),
      seconds_to_refusal,
      waiters: 10_000,
      kb_per_waiter: Number(kb_per_waiter.toFixed(1)),
    };
  } finally {
    for (const child of children) child.disconnect();
    await ctx.close();
    await rollcall.stop();
    await web.close();
    await sandbox.stop();
  }
}

/** An authorization server with a public list, a token that may suspend, one real client and some that only stand in the database. */
async function fill(ctx: Context): Promise<{ audienceId: string; token: string; clients: string[] }> {
  const { id: audienceId } = await createAudience(ctx, systemActor, {
    slug: "prod",
    name: "Bench",
    isPrivate: false,
    resources: [{ uri: resource, name: "Tickets", scopes: ["tickets.read"], sensitiveScopes: [] }],
  });
  const { token } = await issueToken(ctx, systemActor, { name: "bench", role: "operator" });
  const teamId = ctx.newId();
  await ctx.db.transaction((tx) => insert(tx, "team", { id: teamId, name: "Bench", createdAt: ctx.clock() }));
  const member = await addPerson(ctx, "member", teamId);
  const reviewer = await addPerson(ctx, "reviewer", teamId);
  const { requestNumber } = await registerClient(ctx, member, {
    clientId: quill,
    ownerTeamId: teamId,
    sponsor: "Bench",
    purpose: "Is suspended.",
    grants: [{ resource, scopes: ["tickets.read"] }],
    reason: "Needed for the bench.",
  });
  const request = await find(ctx.db, "request", { number: requestNumber });
  const snapshot = await find(ctx.db, "snapshot", { id: request?.snapshotId ?? "" });
  if (!snapshot) throw new Error("The client of the bench was not read.");
  const vote = {
    number: requestNumber,
    verdict: "approve" as const,
    reason: "It is ours.",
    digest: snapshot.digest,
  };
  const outcome = await castVote(ctx, reviewer, vote);
  if (outcome.state !== "approved") throw new Error(`The client is ${outcome.state}.`);
  return { audienceId, token, clients: await copies(ctx, quill, snapshot.clientRowId) };
}

/** Approved clients that nobody can fetch, with the snapshot and the grant of the real one. */
async function copies(ctx: Context, of: string, id: string): Promise<string[]> {
  const client = await find(ctx.db, "client", { id });
  const snapshot = await find(ctx.db, "snapshot", { id: client?.approvedSnapshotId ?? "" });
  const grant = await find(ctx.db, "grant", { clientRowId: id });
  if (!client || !snapshot || !grant) throw new Error(`${of} is not approved.`);
  const ids: string[] = [];
  await ctx.db.transaction(async (tx) => {
    for (let index = 0; index < rounds; index += 1) {
      const clientId = `https://client-${index}.example/client.json`;
      const row = { ...client, ...clientRow(clientId, index), lifecycle: "approved" as const };
      const snapshotId = ctx.newId();
      await insert(tx, "client", {
        ...row,
        nextFetchAt: ctx.clock() + 86_400_000,
        sync: "in_sync",
        liveSnapshotId: snapshotId,
        approvedSnapshotId: snapshotId,
      });
      await insert(tx, "snapshot", { ...snapshot, id: snapshotId, clientRowId: row.id });
      await insert(tx, "grant", { ...grant, id: ctx.newId(), clientRowId: row.id });
      await insert(tx, "listChange", {
        id: ctx.newId(),
        audienceId: (await find(tx, "audience", {}))?.id ?? "",
        clientRowId: row.id,
        at: ctx.clock(),
      });
      ids.push(row.id);
    }
  });
  return ids;
}

async function addPerson(ctx: Context, role: "member" | "reviewer", teamId: string): Promise<PersonActor> {
  const id = ctx.newId();
  const row = { id, email: `${role}@example.com`, name: role, role, active: true };
  await ctx.db.transaction(async (tx) => {
    await insert(tx, "person", { ...row, createdAt: ctx.clock(), revision: 1 });
    await insert(tx, "membership", { id: ctx.newId(), personId: id, teamId });
  });
  return { kind: "person", id, email: row.email, name: role, role, teamIds: [teamId] };
}

async function suspendBy(rollcall: Installation, token: string, id: string): Promise<void> {
  const answer = await fetch(`${rollcall.baseUrl}/api/v1/clients/${id}/suspend`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ reason: "Measured by the bench." }),
  });
  if (!answer.ok) throw new Error(`Suspending answered ${answer.status}: ${await answer.text()}`);
}

/** Until the list holds so many entries. */
async function headWith(rollcall: Installation, path: string, count: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await fetch(rollcall.baseUrl + path);
    const payload = answer.ok ? (await answer.text()).split(".")[1] : undefined;
    const claims = payload && (JSON.parse(Buffer.from(payload, "base64url").toString()) as { count: number });
    if (claims && claims.count >= count) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`The list never held ${count} entries.`);
}

async function startWaiters(
  children: ChildProcess[],
  rollcall: Installation,
  path: string,
  count: number,
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("./waiters.ts", import.meta.url)));
  children.push(child);
  child.send({ port: Number(new URL(rollcall.baseUrl).port), path, count });
  await once(child, "message");
  // The last of them has sent its second request: give it the moment that takes to arrive.
  await new Promise((later) => setTimeout(later, 500));
  return child;
}

/** When the newest head came to each of them, once it came to all. */
async function allArrived(waiters: ChildProcess, count: number): Promise<number[]> {
  const arrived: number[] = [];
  for (let tries = 0; tries < 200; tries += 1) {
    await new Promise((later) => setTimeout(later, 50));
    waiters.send("arrivals");
    const [{ arrivals }] = (await once(waiters, "message")) as [{ arrivals: Record<string, number[]> }];
    arrived.push(...Object.values(arrivals).flat());
    if (arrived.length >= count) return arrived;
  }
  throw new Error(`The head came to ${arrived.length} of ${count} servers only.`);
}

/** Seconds from the suspension until a stock oidc-provider refuses to authorize the client. */
async function untilRefused(
  ctx: Context,
  rollcall: Installation,
  audienceId: string,
  fetchDocument: typeof fetch,
  suspend: (id: string) => Promise<void>,
): Promise<number> {
  const { enrolment, token, consumerId } = await connectConsumer(ctx, systemActor, {
    audienceId,
    name: "bench-1",
  });
  const status = { url: rollcall.baseUrl, consumerId, instance: "bench-1" };
  const store = memoryStore();
  const consumer = createConsumer({
    head: enrolment,
    token,
    mode: "mirror",
    enforcement: "enforce",
    store,
    status,
  });
  await consumer.ready();
  consumer.start();
  const server = await startAuthorizationServer({ allowlist: consumer, fetch: fetchDocument });
  const url = new URL("/auth", server.issuer);
  url.search = new URLSearchParams({
    client_id: quill,
    redirect_uri: "https://quillagent.dev/oauth/callback",
    response_type: "code",
    scope: "tickets.read",
    code_challenge_method: "S256",
    code_challenge: createHash("sha256").update(randomBytes(32)).digest("base64url"),
  }).toString();
  const answered = async () => (await fetch(url, { redirect: "manual" })).status;
  try {
    const allowed = await answered();
    if (allowed >= 400) throw new Error(`The client was refused (${allowed}) before it was suspended.`);
    const client = await find(ctx.db, "client", { clientId: quill });
    const at = performance.now();
    await suspend(client?.id ?? "");
    while ((await answered()) < 400) await new Promise((later) => setTimeout(later, 10));
    return Number(((performance.now() - at) / 1_000).toFixed(2));
  } finally {
    await server.stop();
    await consumer.stop();
  }
}

function residentKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`figures: ${JSON.stringify(await deliver())}`);
  process.exit(0);
}
