import { second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { endClaims } from "#lib/db/queries/claims.ts";
import { claimVisits, type Visit } from "./claimVisits.ts";
import { collectBatches } from "./collectBatches.ts";
import { dueCursor } from "./dueCursor.ts";
import { hostLines } from "./hostLines.ts";
import { hostMemory, type HostMemory } from "./hostMemory.ts";
import { observeClient, type Seen } from "./observeClient.ts";
import { putOff, takeObservations } from "./takeObservations.ts";

/** Clients claimed, and outcomes written, at once; while that many were due, more are claimed as soon as half of them are visited. */
const slice = 500;
const hostsAtOnce = 64;
/** How long an outcome waits for others to be written with, in ms: what a document lost must leave the list soon. */
const patience = 100;
/** While slow hosts are waited for, others come due. */
const beat = 2 * second;

export interface RefreshOptions {
  /** What the worker remembers of hosts from one call to the next. */
  readonly hosts?: HostMemory;
  /** Ends it: what is under way is finished, what was claimed and not begun is left to others. */
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
  const claims = claimBook();
  const cursor = dueCursor();
  const outcomes = collectBatches<Taken>(slice, patience, async (batch) => {
    await takeObservations(ctx, batch);
    for (const { claim } of batch) claims.done(claim);
  });
  let visited = 0;

  const visit = async (it: Visit, claim: string): Promise<void> => {
    // What is not begun stays due, and is anybody's when the claim ends.
    if (signal?.aborted) return claims.done(claim);
    visited += 1;
    try {
      const seen = await observeClient(ctx, it.client);
      outcomes.add({ ...seen, visit: it, claim });
    } catch (error) {
      ctx.log.error({ err: error, client: it.client.id }, "refresh failed");
      await ctx.db.transaction((tx) => putOff(ctx, tx, [it.client.id])).catch(() => undefined);
      claims.done(claim);
    }
  };

  const isStopped = () => signal?.aborted === true;
  let isDone = false;
  while (!isDone && !isStopped()) {
    const over = claims.takeOver();
    // A claim covers whoever is due at the same moment, too: they show when it has ended.
    const isAll = claims.standing() === 0;
    const { visits, claim = "", due, isWhole } = await claimVisits(ctx, hosts, slice, over, cursor);
    claims.begin(claim, visits.length);
    for (const it of visits) {
      const ready = it.at > ctx.clock() ? () => pause(it.at - ctx.clock(), signal) : undefined;
      lines.add(it.client.host, { ready, run: () => visit(it, claim) });
    }
    if (due === slice) await lines.fewerThan(slice / 2);
    else if (await isDoneWithin(lines.fewerThan(1), beat)) {
      await outcomes.end();
      isDone = isAll && isWhole && due === 0;
    }
    await outcomes.taken();
  }
  await lines.fewerThan(1);
  await outcomes.end();
  const over = claims.takeOver();
  if (over.length > 0) await ctx.db.transaction((tx) => endClaims(tx, over, ctx.clock()));
  return visited;
}

interface Taken extends Seen {
  readonly claim: string;
}

/** Which claims of this worker have all their outcomes written. */
function claimBook() {
  const left = new Map<string, number>();
  const over: string[] = [];
  return {
    begin(claim: string, visits: number): void {
      if (visits > 0) left.set(claim, visits);
    },
    done(claim: string): void {
      const visits = (left.get(claim) ?? 0) - 1;
      left.set(claim, visits);
      if (visits > 0) return;
      left.delete(claim);
      over.push(claim);
    },
    standing: () => left.size,
    takeOver: () => over.splice(0),
  };
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
