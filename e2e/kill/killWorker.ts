import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";
import { systemActor } from "#lib/core/Actor.ts";
import { minute } from "#lib/core/Instant.ts";
import { findAll, update } from "#lib/db/rows.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { createTeam } from "#lib/flows/people/createTeam.ts";
import { verifyJournal } from "#lib/views/log/verifyJournal.ts";
import { startSandbox } from "../sandbox/startSandbox.ts";
import { documentBody, manyDocuments, seedClients } from "../fleet/seedClients.ts";

const resource = "https://mcp.example.com/tickets";
/** Longer than a lease and longer than the wait for a second look. */
const step = 5 * minute;

export interface Survived {
  readonly kills: number;
  /** Kills that met a wave of which some clients were visited and some were not. */
  readonly midWave: number;
  readonly changed: number;
  /** Changed clients without a recorded change. */
  readonly lost: number;
  /** Changes and findings beyond one for each changed client. */
  readonly doubled: number;
  readonly falseAlarms: number;
  readonly journalLines: number;
  readonly journalFault: string | undefined;
}

/**
 * Kills the worker (SIGKILL) in the middle of refresh waves. Before each wave some documents change, each client's once;
 * in the end every change must have been recorded and reported exactly once.
 */
export async function killWorker(options: {
  databaseEnv: Readonly<Record<string, string>>;
  kills: number;
  clients: number;
  changesPerWave: number;
  random: () => number;
}): Promise<Survived> {
  const documents = manyDocuments(options.clients);
  const sandbox = await startSandbox({ documents });
  const dataDir = mkdtempSync(join(tmpdir(), "rollcall-kill-"));
  const env = {
    ...sandbox.env,
    ...options.databaseEnv,
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_BASE_URL: "https://rollcall.example",
    ROLLCALL_LOG_LEVEL: "silent",
    ROLLCALL_HOST_BUDGET_PER_SECOND: "100",
  };
  const read = (path: string) => readFileSync(path, "utf8");
  const ctx = await openContext(readConfig(env, read), { process: "cli", withKeys: true });
  try {
    const { id: ownerTeamId } = await createTeam(ctx, systemActor, { name: "Fleet" });
    await createAudience(ctx, systemActor, {
      slug: "fleet",
      name: "Fleet",
      issuer: "https://id.example.com",
      isPrivate: false,
      resources: [{ uri: resource, name: "Tickets", scopes: ["tickets.read"], sensitiveScopes: [] }],
    });
    await seedClients(ctx, documents, { ownerTeamId, resource });
    const start = async (shift: number) => {
      const worker = spawn(process.execPath, ["e2e/kill/shiftedWorker.ts", String(shift)], {
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(worker.stdout, "data");
      return worker;
    };

    const changed: number[] = [];
    let midWave = 0;
    let shift = 0;
    for (let kill = 0; kill < options.kills; kill++) {
      shift += step;
      for (let n = 0; n < options.changesPerWave; n++) {
        const index = changed.length;
        const url = documents[index]?.url;
        if (!url) break;
        await sandbox.control.publish({
          url,
          body: documentBody(url, index, [`${new URL(url).origin}/new`]),
        });
        changed.push(index);
      }
      const waveStart = await everybodyDue(ctx, shift);
      const worker = await start(shift);
      // Any number of clients into the wave, and any moment of the work that follows.
      const reached = Math.floor(options.random() * options.clients);
      while ((await visitedSince(ctx, waveStart)) < reached) await sleep(5);
      await sleep(options.random() * 100);
      await killed(worker);
      const visited = await visitedSince(ctx, waveStart);
      if (visited > 0 && visited < options.clients) midWave++;
    }
    // Waves nobody disturbs: what was seen once is looked at again and counts.
    for (let wave = 0; wave < 4; wave++) {
      shift += step;
      const waveStart = await everybodyDue(ctx, shift);
      const worker = await start(shift);
      while ((await visitedSince(ctx, waveStart)) < options.clients) await sleep(200);
      await sleep(1_500);
      worker.kill("SIGTERM");
      await once(worker, "exit");
    }
    return { kills: options.kills, midWave, ...(await account(ctx, changed.length)) };
  } finally {
    await ctx.close();
    await sandbox.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function everybodyDue(ctx: Context, shift: number): Promise<number> {
  const now = ctx.clock() + shift;
  await ctx.db.transaction((tx) => update(tx, "client", { lifecycle: "approved" }, { nextFetchAt: now }));
  return now;
}

async function visitedSince(ctx: Context, since: number): Promise<number> {
  return (await findAll(ctx.db, "client")).filter((client) => (client.lastFetchedAt ?? 0) >= since).length;
}

async function killed(worker: ChildProcess): Promise<void> {
  worker.kill("SIGKILL");
  await once(worker, "exit");
}

/** What the database says in the end, against what was done. */
async function account(ctx: Context, changed: number) {
  const clients = await findAll(ctx.db, "client");
  const numberOf = new Map(
    clients.map((client) => [client.id, Number(/(\d+)\.json$/.exec(client.clientId)?.[1])]),
  );
  const isChanged = (clientRowId: string | null) => (numberOf.get(clientRowId ?? "") ?? Infinity) < changed;
  const changes = await findAll(ctx.db, "change");
  const findings = (await findAll(ctx.db, "finding")).filter((finding) => finding.clientRowId !== null);
  const opened = (await findAll(ctx.db, "outbox")).filter((event) => event.topic === "finding.opened");
  const journal = await verifyJournal(ctx.db);
  const recorded = new Set(changes.map((change) => change.clientRowId));
  const found = new Set(findings.map((finding) => finding.clientRowId));
  const subjects = opened.map((event) => JSON.stringify(event.payload["subject"]));
  return {
    changed,
    lost: 2 * changed - [...recorded, ...found].filter(isChanged).length,
    doubled:
      changes.length -
      recorded.size +
      (findings.length - found.size) +
      (subjects.length - new Set(subjects).size),
    falseAlarms: [...recorded, ...found].filter((id) => !isChanged(id)).length,
    journalLines: journal.lines,
    journalFault: journal.ok ? undefined : journal.sentence,
  };
}
