import { systemActor, type TokenActor } from "#lib/core/Actor.ts";
import type { LatestHead } from "#lib/core/allowlist/wire.ts";
import { hour } from "#lib/core/Instant.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { countSightings, type CountedSighting } from "#lib/core/sighting/countSightings.ts";
import { sightedHost } from "#lib/core/sighting/sightedHost.ts";
import { sightingsInput } from "#lib/core/sighting/sightingsInput.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { sightedClients } from "#lib/db/queries/sightedClients.ts";
import { addSeenClients, addSightings, newcomersSince, seenBefore } from "#lib/db/queries/sightings.ts";
import { timesTold } from "#lib/db/queries/reportBounds.ts";
import { find, insert, type NewRow, type Row } from "#lib/db/rows.ts";
import { dayOfServer, mostBegun, mostNewClients, saveDayOfServer, type DayOfServer } from "./dayOfServer.ts";
import { doubtSightings, type DoubtedClient } from "./doubtSightings.ts";
import { sightingRows } from "./sightingRows.ts";
import { limitNamespaces } from "#lib/flows/namespaces/limitNamespaces.ts";
import { namespaceMatcher } from "#lib/flows/namespaces/namespaceOf.ts";
import { note } from "#lib/flows/note.ts";

/**
 * Takes in what a server was asked since its last report, added up, and answers with the newest head as a status report is
 * answered. A body that comes again, by its batch id, counts once. Client_ids that nobody knew are kept up to the
 * configured number an hour and four times that a day, and so is a number of different questions a day; what is beyond is
 * counted in `left_out` and told once an hour.
 */
export async function recordSightings(
  ctx: Context,
  actor: TokenActor,
  input: { consumerId: string; report: unknown },
): Promise<{ latest: LatestHead | null; left_out: number }> {
  const consumer = await find(ctx.db, "consumer", { id: input.consumerId });
  if (!consumer || consumer.tokenId !== actor.id)
    throw new Refusal("not_allowed", "This token is not this server's.");
  const report = parseInput(sightingsInput, input.report);
  const { counted, leftOut } = countSightings(report, ctx.clock());
  const id = sha256Hex(`${consumer.id} ${report.batch}`);
  const left = await ctx.db.transaction(async (tx) => {
    const known = await find(tx, "sightingBatch", { id });
    if (known) return known.leftOut;
    return takeIn(ctx, tx, consumer, {
      id,
      instance: report.instance,
      dropped: report.dropped,
      counted,
      leftOut,
    });
  });
  const head = await latestHead(ctx.db, consumer.audienceId);
  return {
    latest: head ? { epoch: head.epoch, seq: head.seq, rev: head.rev, digest: head.digest } : null,
    left_out: left,
  };
}

interface Batch {
  readonly id: string;
  readonly instance: string;
  readonly dropped: number;
  readonly counted: readonly CountedSighting[];
  readonly leftOut: number;
}

async function takeIn(ctx: Context, tx: Write, consumer: Row<"consumer">, batch: Batch): Promise<number> {
  const clientIds = [...new Set(batch.counted.map(({ clientId }) => clientId))];
  const clients = await sightedClients(tx, clientIds);
  const seen = await seenBefore(tx, clientIds);
  const strangers = clientIds.filter((clientId) => !clients.has(clientId) && !seen.has(clientId));
  const today = await dayOfServer(ctx, tx, consumer.id);
  const kept = await roomFor(ctx, tx, consumer.id, strangers.length, today);
  const refused = new Set(strangers.slice(kept));
  const taken = batch.counted.filter(({ clientId }) => !refused.has(clientId));
  const { rows, begun, shapeless } = await sightingRows(ctx, tx, consumer, taken, mostBegun - today.begun);
  const leftOut = batch.leftOut + batch.counted.length - taken.length + shapeless;

  await addSightings(tx, rows);
  const seenNow = await seenRows(ctx, tx, taken, clients);
  await addSeenClients(tx, seenNow);
  await limitNamespaces(
    ctx,
    tx,
    seenNow.flatMap(({ namespaceId }) => namespaceId ?? []),
  );
  await doubtSightings(ctx, tx, { consumerId: consumer.id, instance: batch.instance }, taken, clients);
  await insert(tx, "sightingBatch", {
    id: batch.id,
    consumerId: consumer.id,
    at: ctx.clock(),
    lines: taken.length,
    newClients: kept,
    leftOut,
    dropped: batch.dropped,
  });
  await saveDayOfServer(ctx, tx, consumer.id, {
    begun: today.begun + begun,
    newClients: today.newClients + kept,
    leftOut: today.leftOut + leftOut,
  });
  const isFull = today.begun + begun >= mostBegun && shapeless > 0;
  if (refused.size > 0 || isFull) await tellOverflow(ctx, tx, consumer, refused.size, isFull);
  return leftOut;
}

/** How many of the client_ids that nobody knew are kept: a server may be made to ask about any number of them. */
async function roomFor(
  ctx: Context,
  tx: Write,
  consumerId: string,
  strangers: number,
  today: DayOfServer,
): Promise<number> {
  if (strangers === 0) return 0;
  const ofHour = ctx.config.newClientsPerHour - (await newcomersSince(tx, consumerId, ctx.clock() - hour));
  const ofDay = mostNewClients(ctx) - today.newClients;
  return Math.max(0, Math.min(strangers, ofHour, ofDay));
}

async function tellOverflow(
  ctx: Context,
  tx: Write,
  consumer: Row<"consumer">,
  leftOut: number,
  isFull: boolean,
): Promise<void> {
  const action = "server.too_many_clients";
  const subject = { kind: "consumer", id: consumer.id, name: consumer.name };
  if ((await timesTold(tx, subject, action, ctx.clock() - hour)) > 0) return;
  const detail = isFull
    ? { questionsPerDay: mostBegun }
    : { perHour: ctx.config.newClientsPerHour, perDay: mostNewClients(ctx), leftOut };
  await note(ctx, tx, systemActor, { action, subject, detail });
}

async function seenRows(
  ctx: Context,
  tx: Write,
  counted: readonly CountedSighting[],
  clients: ReadonlyMap<string, DoubtedClient>,
): Promise<NewRow<"seenClient">[]> {
  const parentOf = await namespaceMatcher(tx);
  return [...Map.groupBy(counted, ({ clientId }) => clientId)].map(([clientId, lines]) => {
    const namespaceId = parentOf(clientId) ?? null;
    return {
      clientId,
      ...sightedHost(clientId),
      allowed: total(lines.map(({ allowed }) => allowed)),
      refused: total(lines.map(({ refused }) => refused)),
      firstAt: Math.min(...lines.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...lines.map(({ lastAt }) => lastAt)),
      namespaceId,
      discoverAt: clients.has(clientId) || namespaceId !== null ? null : ctx.clock(),
    };
  });
}

function total(counts: readonly number[]): number {
  return Math.min(
    1_000_000_000,
    counts.reduce((sum, each) => sum + each, 0),
  );
}
