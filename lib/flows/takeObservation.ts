import { systemActor } from "#lib/core/Actor.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { freshFor } from "#lib/core/schedule/freshFor.ts";
import { nextTry } from "#lib/core/schedule/nextTry.ts";
import { nextVisit } from "#lib/core/schedule/nextVisit.ts";
import { afterFailure } from "#lib/core/sync/afterFailure.ts";
import { growth } from "#lib/core/sync/growth.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { find, findAll, update, type Row } from "#lib/db/rows.ts";
import { closeRequest } from "./closeRequest.ts";
import { draftRequest } from "./draftRequest.ts";
import { judgeRisk } from "./judgeRisk.ts";
import { note } from "./note.ts";
import type { Seen } from "./observeClient.ts";
import { snapshotDigest, type Observation } from "./observeDocument.ts";
import { requireClient } from "./requireClient.ts";
import { scheduleRelease } from "./scheduleRelease.ts";
import { logFetches, storeSnapshot } from "./storeObservation.ts";
import { validatorsOf } from "./validatorsOf.ts";

/** Takes in what the network showed of a client and says whether its document or keys differ from what was live before. */
export async function takeObservation(
  ctx: Context,
  tx: Write,
  { clientRowId, before, observation }: Seen,
): Promise<boolean> {
  const client = await requireClient(tx, clientRowId);
  await logFetches(ctx, tx, clientRowId, observation);
  const outcome = observation.fetches[0]?.outcome;
  if (outcome === "not_modified") return takeUnmodified(ctx, tx, client, observation);
  if (outcome !== "ok" || !observation.digest) return takeFailure(ctx, tx, client, observation);
  return takeDocument(ctx, tx, client, observation, before);
}

async function takeUnmodified(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  observation: Observation,
): Promise<boolean> {
  const approved =
    client.approvedSnapshotId && (await find(tx, "snapshot", { id: client.approvedSnapshotId }));
  const live = client.liveSnapshotId && (await find(tx, "snapshot", { id: client.liveSnapshotId }));
  const held = approved && live && growth(approved, live).length > 0;
  await update(
    tx,
    "client",
    { id: client.id },
    { ...reached(ctx, client, observation), sync: held ? "held" : "in_sync", lastOutcome: "not_modified" },
  );
  return false;
}

function reached(ctx: Context, client: Row<"client">, { fetches }: Observation) {
  const now = ctx.clock();
  return {
    failures: 0,
    failingSince: null,
    lastFetchedAt: now,
    nextFetchAt: nextVisit(client.clientId, client.riskTier, now, { freshFor: freshFor(fetches) }),
    leasedUntil: null,
    updatedAt: now,
  };
}

async function takeFailure(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  observation: Observation,
): Promise<boolean> {
  const now = ctx.clock();
  const answer = observation.fetches[0];
  const failures = client.failures + 1;
  const failingSince = client.failingSince ?? now;
  const outcome = answer?.outcome ?? "connect_error";
  const sync = afterFailure(client.sync, outcome, failures, failingSince, now);
  await update(
    tx,
    "client",
    { id: client.id },
    {
      sync,
      failures,
      failingSince,
      lastOutcome: outcome,
      lastFetchedAt: now,
      leasedUntil: null,
      nextFetchAt: nextTry(client.clientId, failures, now, answer?.retryAfter),
      updatedAt: now,
    },
  );
  if (sync !== client.sync)
    await note(ctx, tx, systemActor, {
      action: "client.sync_changed",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { from: client.sync, to: sync, why: answer?.sentence },
    });
  return false;
}

async function takeDocument(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  observation: Observation,
  seen?: Row<"snapshot">,
): Promise<boolean> {
  const before = await liveSnapshot(tx, client, seen);
  const keysRead =
    observation.document?.effective?.jwks_uri === undefined || observation.keySet?.keys !== undefined;
  if (!keysRead && before) return takeDocumentAlone(ctx, tx, client, observation, before);
  const snapshot = await storeSnapshot(ctx, tx, client.id, observation, before);
  if (!snapshot) return false;
  const changed = snapshot.id !== client.liveSnapshotId;
  const approved = client.approvedSnapshotId
    ? await find(tx, "snapshot", { id: client.approvedSnapshotId })
    : undefined;
  const grown = approved ? growth(approved, snapshot) : [];
  const news = {
    ...reached(ctx, client, observation),
    lastOutcome: "ok" as const,
    liveSnapshotId: snapshot.id,
    sync: grown.length > 0 ? ("held" as const) : ("in_sync" as const),
    ...validatorsOf(observation),
    lastUnconditionalAt: ctx.clock(),
    ...(approved ? {} : { name: storableText(snapshot.metadata.client_name) || client.name }),
    revision: changed ? client.revision + 1 : client.revision,
  };
  await update(tx, "client", { id: client.id }, news);
  if (changed) await takeChange(ctx, tx, { ...client, ...news }, before, snapshot, grown);
  // The same digest can be judged worse than before: a private part in a key set does not count towards it.
  else if (client.lifecycle === "approved" && snapshot.errors > (before?.errors ?? 0))
    await scheduleRelease(ctx, tx, `document of ${client.clientId} is invalid`, 0);
  return changed;
}

/** A snapshot never changes but in how it is judged, so one that was read before the fetch need not be read again. */
async function liveSnapshot(
  tx: Write,
  { liveSnapshotId }: Row<"client">,
  seen: Row<"snapshot"> | undefined,
): Promise<Row<"snapshot"> | undefined> {
  if (!liveSnapshotId) return undefined;
  return seen?.id === liveSnapshotId ? seen : find(tx, "snapshot", { id: liveSnapshotId });
}

/**
 * A key set that could not be read says nothing about the keys: the last good copy stands, while the document itself
 * is taken in. What it lost leaves at once, and another `jwks_uri` is growth that waits.
 */
async function takeDocumentAlone(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  observation: Observation,
  before: Row<"snapshot">,
): Promise<boolean> {
  const { document } = observation;
  const keySet = {
    source: before.keySetSource ?? "",
    keys: before.keys,
    digest: before.keySetDigest ?? undefined,
    faults: [],
  };
  const digest = snapshotDigest(document, keySet);
  const changed =
    digest === before.digest
      ? false
      : await takeDocument(ctx, tx, client, { ...observation, keySet, digest }, before);
  const { revision, sync } = await requireClient(tx, client.id);
  const seen = client.failures > 0 ? client.sync : sync;
  const failed = { ...observation, fetches: observation.fetches.slice(1) };
  await takeFailure(ctx, tx, { ...client, revision, sync: seen }, failed);
  return changed;
}

/** A changed document voids the votes on the old one, holds growth behind a request and lets shrinkage act at once. */
async function takeChange(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  before: Row<"snapshot"> | undefined,
  snapshot: Row<"snapshot">,
  grown: readonly string[],
): Promise<void> {
  await note(ctx, tx, systemActor, {
    action: "client.document_changed",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: { from: before?.digest, to: snapshot.digest, grown },
  });
  const open = await openRequestOf(tx, client.id);
  if (open) {
    const now = ctx.clock();
    await update(tx, "vote", { requestId: open.id, voidedAt: null }, { voidedAt: now });
    const risk = await judgeRisk(tx, { ...client, ...open, metadata: snapshot.metadata });
    await update(
      tx,
      "request",
      { id: open.id },
      {
        snapshotId: snapshot.id,
        requiredVotes: requiredVotes(risk.tier, open.requestedBy !== null),
        revision: open.revision + 1,
      },
    );
    if (client.lifecycle === "pending")
      await update(tx, "client", { id: client.id }, { riskTier: risk.tier, riskReasons: risk.reasons });
    const drafted = open.kind === "change" && open.requestedBy === null;
    if (drafted && grown.length === 0)
      await closeRequest(
        ctx,
        tx,
        systemActor,
        open,
        "withdrawn",
        "The document no longer holds anything new.",
      );
  } else if (client.lifecycle === "approved" && grown.length > 0) {
    const grants = await findAll(tx, "grant", { clientRowId: client.id });
    const last = client.approvedRequestId
      ? await find(tx, "request", { id: client.approvedRequestId })
      : undefined;
    await draftRequest(ctx, tx, systemActor, {
      client,
      kind: "change",
      snapshot,
      grants: grants.map(({ resource, scopes }) => ({ resource, scopes })),
      validDays: last?.validDays ?? 180,
      reason: `The document grew: ${grown.join("; ")}.`,
    });
  }
  if (client.lifecycle === "approved")
    await scheduleRelease(ctx, tx, `document of ${client.clientId} changed`, 0);
}
