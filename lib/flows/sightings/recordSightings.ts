import { systemActor, type TokenActor } from "#lib/core/Actor.ts";
import type { LatestHead } from "#lib/core/allowlist/wire.ts";
import { hour } from "#lib/core/Instant.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { addOutcomes, countSightings, type CountedSighting } from "#lib/core/sighting/countSightings.ts";
import { sightedHost } from "#lib/core/sighting/sightedHost.ts";
import { sightingsInput } from "#lib/core/sighting/sightingsInput.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { sightedClients } from "#lib/db/queries/sightedClients.ts";
import {
  addSeenClients,
  addSightings,
  newcomersSince,
  seenBefore,
  sightingsOfDays,
} from "#lib/db/queries/sightings.ts";
import { find, insert, type NewRow, type Row } from "#lib/db/rows.ts";
import { doubtSightings, type DoubtedClient } from "./doubtSightings.ts";
import { limitNamespaces } from "#lib/flows/namespaces/limitNamespaces.ts";
import { namespaceMatcher } from "#lib/flows/namespaces/namespaceOf.ts";
import { note } from "#lib/flows/note.ts";

/** Ways in which one server may ask about one client on one day; more of them count towards the client only. */
const mostShapes = 60;

/**
 * Takes in what a server was asked since its last report, added up, and answers with the newest head as a status report is
 * answered. A body that comes again, by its batch id, counts once. Client_ids that nobody knew are kept up to the
 * configured number an hour; what is beyond is counted in `left_out` and told once an hour.
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
  const { kept, ...room } = await roomFor(ctx, tx, consumer.id, strangers);
  const taken = batch.counted.filter(({ clientId }) => !room.refused.has(clientId));
  const leftOut = batch.leftOut + batch.counted.length - taken.length;

  await addSightings(tx, await rowsFor(ctx, tx, consumer, taken));
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
  if (room.refused.size > 0 && !room.wasTold)
    await note(ctx, tx, systemActor, {
      action: "server.too_many_clients",
      subject: { kind: "consumer", id: consumer.id, name: consumer.name },
      detail: { perHour: ctx.config.newClientsPerHour, leftOut: room.refused.size },
    });
  return leftOut;
}

/** How many of the client_ids that nobody knew are kept: a server may be made to ask about any number of them. */
async function roomFor(ctx: Context, tx: Write, consumerId: string, strangers: readonly string[]) {
  if (strangers.length === 0) return { kept: 0, refused: new Set<string>(), wasTold: true };
  const { newClients, leftOut } = await newcomersSince(tx, consumerId, ctx.clock() - hour);
  const kept = Math.min(strangers.length, Math.max(0, ctx.config.newClientsPerHour - newClients));
  return { kept, refused: new Set(strangers.slice(kept)), wasTold: leftOut > 0 };
}

/** Counts that go on from what stands for the same day. */
async function rowsFor(
  ctx: Context,
  tx: Write,
  consumer: Row<"consumer">,
  counted: readonly CountedSighting[],
): Promise<NewRow<"sighting">[]> {
  const ids = [...new Set(counted.map(({ clientId }) => clientId))];
  const days = [...new Set(counted.map(({ day }) => day))];
  const standing = new Map<string, Map<string, Readonly<Record<string, number>>>>();
  const shapesOf = (clientId: string, day: number) => {
    const key = `${clientId} ${day}`;
    const shapes = standing.get(key) ?? new Map<string, Readonly<Record<string, number>>>();
    standing.set(key, shapes);
    return shapes;
  };
  for (const { clientId, day, shapeDigest, outcomes } of await sightingsOfDays(tx, consumer.id, ids, days))
    shapesOf(clientId, day).set(shapeDigest, outcomes);
  const rows: NewRow<"sighting">[] = [];
  for (const { outcomes, ...one } of counted) {
    const shapes = shapesOf(one.clientId, one.day);
    const known = shapes.get(one.shapeDigest);
    if (known === undefined && shapes.size >= mostShapes) continue;
    const together = addOutcomes(known ?? {}, outcomes);
    shapes.set(one.shapeDigest, together);
    rows.push({
      ...one,
      outcomes: together,
      id: ctx.newId(),
      consumerId: consumer.id,
      audienceId: consumer.audienceId,
    });
  }
  return rows;
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
