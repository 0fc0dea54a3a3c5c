import { pathToFileURL } from "node:url";
import { systemActor } from "#lib/core/Actor.ts";
import { second } from "#lib/core/Instant.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { storedAmong } from "#lib/db/queries/listObjects.ts";
import { replaceNodes } from "#lib/db/queries/listTree.ts";
import { find, insert, update } from "#lib/db/rows.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { shrinkInside } from "#lib/flows/clients/shrinkClient.ts";
import { keepObjects, missingObjects } from "#lib/flows/releases/storeObjects.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { writeWholeTree } from "#lib/flows/releases/writeWholeTree.ts";
import { median } from "./median.ts";
import {
  audienceId,
  clientRowId,
  clients,
  inventoryOnPostgres,
  inventoryOnSqlite,
} from "./publishInventory.ts";

export interface PublishAtAMillion {
  readonly clients: number;
  /** Milliseconds from a decision in the database to its signed head, everything stored. */
  readonly p50: number;
  readonly p99: number;
  /** Seconds for the first release: the whole inventory compiled, the tree written, the head signed. SQLite only. */
  readonly fullBuildSeconds: number | null;
  /** Seconds for the tree alone, of entries that are there. PostgreSQL only, to keep this short. */
  readonly treeSeconds: number | null;
  /** The most memory the process ever took. */
  readonly rssMb: number;
  readonly entries: number;
  /** Objects of the first release, and the new ones of each change. */
  readonly objects: number;
  readonly objectsPerChange: number;
}

const warmUp = 6;
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 60);

/** Publishes single changes of an inventory of a million clients, all of them in one list, and measures each. */
export async function publishAtAMillion(dialect: "sqlite" | "postgres"): Promise<PublishAtAMillion> {
  const server = process.env["TEST_PG_URL"];
  if (dialect === "postgres" && !server) throw new Error("TEST_PG_URL names no PostgreSQL server.");
  const inventory = await (dialect === "sqlite" ? inventoryOnSqlite() : inventoryOnPostgres(server ?? ""));
  const ctx = await openTestContext(inventory.db);
  try {
    await turnSigningKeys(ctx);
    const before = performance.now();
    if (inventory.isListed) await buildTree(ctx);
    else {
      await ctx.db.transaction((tx) => scheduleRelease(ctx, tx, "first release", 0));
      await publish(ctx);
    }
    const buildSeconds = (performance.now() - before) / 1_000;
    const first = await latestHead(ctx.db, audienceId);
    const objects = await countObjects(ctx);
    await inventory.settle();

    const times: number[] = [];
    for (let round = 0; round < warmUp + rounds; round += 1) {
      const id = clientRowId(((round >> 1) * 7_919 + 11) % clients);
      ctx.pass(second);
      if (round % 2 === 0) await suspend(ctx, id);
      else await approveAgain(ctx, id);
      const begun = performance.now();
      await publish(ctx);
      if (round >= warmUp) times.push(performance.now() - begun);
    }
    const after = await countObjects(ctx);
    const sorted = times.toSorted((one, other) => one - other);
    const head = await latestHead(ctx.db, audienceId);
    if (head?.root !== first?.root) throw new Error("Suspended and approved again, and not the same list.");
    return {
      clients,
      p50: median(sorted),
      p99: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN,
      fullBuildSeconds: inventory.isListed ? null : buildSeconds,
      treeSeconds: inventory.isListed ? buildSeconds : null,
      rssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
      entries: head?.count ?? 0,
      objects,
      objectsPerChange: (after - objects) / (warmUp + rounds),
    };
  } finally {
    await ctx.close();
    await inventory.drop();
  }
}

async function publish(ctx: TestContext): Promise<void> {
  const published = await publishDueReleases(ctx);
  if (published !== 1) throw new Error(`Not published: ${JSON.stringify(ctx.logged.at(-1))}`);
}

/** The first release of entries that are there: as it is made from the whole inventory, without compiling it. */
async function buildTree(ctx: TestContext): Promise<void> {
  const audience = await find(ctx.db, "audience", { id: audienceId });
  if (!audience) throw new Error("There is no audience.");
  const { root, nodes } = await writeWholeTree(ctx.db, audience, [], 20_000, async (objects) => {
    const missing = await missingObjects(ctx, ctx.db, objects);
    const names = [...objects.keys()];
    await ctx.db.transaction(async (tx) => keepObjects(tx, names, missing, await storedAmong(tx, names)));
  });
  await ctx.db.transaction(async (tx) => {
    await replaceNodes(tx, audienceId, "all", nodes);
    await insert(tx, "head", {
      id: "first",
      audienceId,
      epoch: 1,
      seq: 1,
      rev: 1,
      root: root.sha,
      count: root.count,
      deny: [],
      jws: "",
      digest: "0".repeat(64),
      kid: "",
      issuedAt: ctx.clock(),
      expiresAt: ctx.clock(),
      cause: "first release",
    });
  });
}

async function suspend(ctx: TestContext, id: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const client = await find(tx, "client", { id });
    if (!client) throw new Error(`There is no client ${id}.`);
    await shrinkInside(ctx, tx, systemActor, client, "suspended", "For the measurement.");
  });
}

async function approveAgain(ctx: TestContext, id: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await update(tx, "client", { id }, { lifecycle: "approved", lifecycleAt: ctx.clock() });
    await scheduleRelease(ctx, tx, "approved", 0, [id]);
  });
}

async function countObjects(ctx: TestContext): Promise<number> {
  const { allowlistObject } = ctx.db.t;
  return (await ctx.db.orm.select({ sha: allowlistObject.sha }).from(allowlistObject)).length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const dialects = process.env["TEST_PG_URL"] ? (["sqlite", "postgres"] as const) : (["sqlite"] as const);
  for (const dialect of dialects)
    console.log(JSON.stringify({ publish: dialect, ...(await publishAtAMillion(dialect)) }));
  if (dialects.length === 1) console.error("PostgreSQL was left out: TEST_PG_URL names no server.");
}
