import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";
import { minute } from "#lib/core/Instant.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";
import { hostMemory } from "#lib/flows/watch/hostMemory.ts";
import { refreshDueClients } from "#lib/flows/watch/refreshDueClients.ts";
import { createNet } from "#lib/net/createNet.ts";
import { publisher } from "./publisher.ts";

/** Clients in an inventory of their own, in a SQLite file, with the worker that visits them. */
export interface Inventory {
  readonly clientIds: readonly string[];
  /** One beat of the worker, when everybody is due. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

/** @param perHost how many clients each publisher has @param kind see watchServer.ts */
export async function openInventory(
  { port, caPem }: { port: number; caPem: string },
  kind: "same" | "plain" | "new",
  perHost: number,
): Promise<Inventory> {
  const net = createNet({
    clock: () => performance.now(),
    now: () => Date.now(),
    userAgent: "Rollcall/bench",
    resolver: { resolve: async () => ({ A: ["127.0.0.1"], AAAA: [] }) },
    certificateAuthorities: [caPem],
    allowedCidrs: ["127.0.0.0/8"],
    allowedPorts: [port],
  });
  const environment = {
    ROLLCALL_DATA_DIR: mkdtempSync(join(tmpdir(), "rollcall-bench-")),
    ROLLCALL_LOG_LEVEL: "error",
    // The publishers are ours: they do not mind.
    ROLLCALL_HOST_BUDGET_PER_SECOND: "10000",
  };
  const config = readConfig(environment, () => "");
  let now = Date.now();
  const opened = await openContext(config, { process: "worker" });
  const ctx: Context = { ...opened, net, clock: () => now };
  const hosts = hostMemory();
  const clientIds = Array.from(
    { length: publisher.hosts * perHost },
    (_, index) =>
      `https://${publisher.host(index % publisher.hosts)}:${port}/${kind}/${Math.floor(index / publisher.hosts)}.json`,
  );
  await ctx.db.transaction((tx) => insert(tx, "client", ...clientIds.map(clientRow)));

  async function beat(): Promise<void> {
    now += 20 * minute;
    const visited = await refreshDueClients(ctx, { hosts });
    if (visited !== clientIds.length)
      throw new Error(`${visited} of ${clientIds.length} clients were visited.`);
  }
  // The first visit reads everything whole, the second meets a certificate that is known.
  await beat();
  await beat();
  return {
    clientIds,
    beat,
    async close() {
      await net.close();
      await opened.close();
    },
  };
}

/** A client nobody has looked at yet. */
export function clientRow(clientId: string, index: number): NewRow<"client"> {
  return {
    id: `client-${String(index).padStart(8, "0")}`,
    clientId,
    host: new URL(clientId).hostname,
    domain: new URL(clientId).hostname.split(".").slice(-2).join("."),
    name: "Example client",
    profile: "ietf",
    lifecycle: "discovered",
    lifecycleAt: 0,
    sync: "never_fetched",
    riskTier: "critical",
    riskReasons: [],
    selfApproved: false,
    failures: 0,
    nextFetchAt: 0,
    createdAt: 0,
    updatedAt: 0,
    revision: 1,
  };
}
