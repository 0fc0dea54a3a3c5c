import { second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { giveBackClients } from "#lib/db/queries/leaseClients.ts";
import { collectBatches } from "./collectBatches.ts";
import { hostLines } from "./hostLines.ts";
import { hostMemory, type HostMemory } from "./hostMemory.ts";
import { leaseVisits, type Visit } from "./leaseVisits.ts";
import { observeClient, type Seen } from "./observeClient.ts";
import { takeObservations } from "./takeObservations.ts";

/** Clients taken at once; while that many were due, more are taken as soon as half of them are done. */
const slice = 500;
const hostsAtOnce = 64;
const written = 100;
/** How long an outcome waits for others to be written with, in ms: what a document lost must leave the list soon. */
const patience = 100;
/** While slow hosts are waited for, others come due. */
const beat = 2 * second;

export interface RefreshOptions {
  /** What the worker remembers of hosts from one call to the next. */
  readonly hosts?: HostMemory;
  /** Ends it: what is under way is finished, what was taken and not begun is given back. */
  readonly signal?: AbortSignal;
  /** Waits; for tests. Resolves early when aborted. */
  readonly pause?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/**
 * Visits clients whose time has come until none is left, one at a time for each host, writes the outcomes in batches
 * and says how many they were. One client's trouble never stops the others.
 */
export async function refreshDueClients(
  ctx: Context,
  { hosts = hostMemory(), signal, pause = wait }: RefreshOptions = {},
): Promise<number> {
  const lines = hostLines(hostsAtOnce);
  const outcomes = collectBatches<Seen>(written, patience, (batch) => takeObservations(ctx, batch));
  const unvisited: Visit[] = [];
  let visited = 0;

  const visit = async (it: Visit): Promise<void> => {
    if (signal?.aborted) {
      unvisited.push(it);
      return;
    }
    visited += 1;
    try {
      const seen = await observeClient(ctx, it.client);
      outcomes.add({ ...seen, visit: it });
    } catch (error) {
      ctx.log.error({ err: error, client: it.client.id }, "refresh failed");
    }
  };

  for (let idle = false; !idle && !signal?.aborted;) {
    const leased = await leaseVisits(ctx, hosts, slice);
    for (const it of leased.visits) {
      const early = it.at - ctx.clock();
      const ready = early > 0 ? () => pause(it.at - ctx.clock(), signal) : undefined;
      lines.add(it.client.host, { ready, run: () => visit(it) });
    }
    if (leased.more) await lines.fewerThan(slice / 2);
    else idle = await isDoneWithin(lines.fewerThan(1), beat);
    await outcomes.taken();
  }
  await lines.fewerThan(1);
  await outcomes.end();
  await giveBack(ctx, unvisited);
  return visited;
}

async function giveBack(ctx: Context, visits: readonly Visit[]): Promise<void> {
  const byLease = Map.groupBy(visits, ({ lease }) => lease);
  if (byLease.size === 0) return;
  await ctx.db.transaction(async (tx) => {
    for (const [lease, of] of byLease)
      await giveBackClients(
        tx,
        of.map(({ client }) => client.id),
        lease,
      );
  });
}

async function isDoneWithin(done: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const inTime = await Promise.race([done.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
