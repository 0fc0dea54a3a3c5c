import type { Sync } from "#lib/core/client.ts";
import { day } from "#lib/core/Instant.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { Part } from "#lib/core/review/Part.ts";
import { acceptedOf } from "#lib/core/review/reviewChange.ts";
import { nextVisit } from "#lib/core/schedule/nextVisit.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { findAll, insert, remove, update, type Row } from "#lib/db/rows.ts";
import { judgeRisk } from "./judgeRisk.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { settleReviewed } from "./settleReviewed.ts";

/**
 * What happens when the last vote is in: the snapshot becomes the approved one, without what is excluded, the grants are
 * in force, a release is due.
 */
export async function approveClient(
  ctx: Context,
  tx: Write,
  actor: PersonActor,
  decided: {
    request: Row<"request">;
    client: Row<"client">;
    snapshot: Row<"snapshot">;
    exclusions: readonly Exclusion[];
    leftOut: readonly Part[];
  },
): Promise<void> {
  const { request, client, snapshot } = decided;
  const excluded = decided.exclusions.length > 0 ? decided.exclusions : null;
  const { metadata } = acceptedOf(snapshot, decided.exclusions);
  const risk = await judgeRisk(tx, { ...client, ...request, metadata });
  const now = ctx.clock();
  const selfApproved = await approvedByRequesterOnly(tx, request);
  await update(
    tx,
    "request",
    { id: request.id },
    { state: "approved", decidedAt: now, excluded, revision: request.revision + 1 },
  );
  await remove(tx, "grant", { clientRowId: client.id });
  await insert(
    tx,
    "grant",
    ...request.grants.map(({ resource, scopes }) => ({
      id: ctx.newId(),
      clientRowId: client.id,
      resource,
      scopes,
      requestId: request.id,
      createdAt: now,
    })),
  );
  await update(
    tx,
    "client",
    { id: client.id },
    {
      lifecycle: "approved",
      lifecycleReason: null,
      lifecycleAt: now,
      sync: syncAfter(client, snapshot, excluded),
      name: storableText(metadata.client_name) || client.name,
      approvedSnapshotId: snapshot.id,
      approvedExcept: excluded,
      approvedRequestId: request.id,
      approvedAt: now,
      validUntil: now + request.validDays * day,
      selfApproved,
      riskTier: risk.tier,
      riskReasons: risk.reasons,
      // What waits for a look, a difference above all, does not wait longer for the approval.
      nextFetchAt: Math.min(client.nextFetchAt ?? Infinity, nextVisit(client.clientId, risk.tier, now)),
      updatedAt: now,
      revision: client.revision + 1,
    },
  );
  await note(ctx, tx, actor, {
    action: "client.approved",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: {
      number: request.number,
      kind: request.kind,
      digest: snapshot.digest,
      ...(excluded ? { excluded } : {}),
      grants: request.grants,
      validDays: request.validDays,
      ...(selfApproved ? { selfApproved } : {}),
    },
  });
  await settleReviewed(ctx, tx, actor, await requireClient(tx, client.id), {
    number: request.number,
    leftOut: decided.leftOut,
  });
  await scheduleRelease(ctx, tx, `approved ${client.clientId}`, ctx.config.approvalDelayMs, [client.id]);
}

/** What was held is approved now, unless something was left out; what could not be read still cannot. */
function syncAfter(
  { sync, liveSnapshotId }: Row<"client">,
  approved: Row<"snapshot">,
  excluded: readonly Exclusion[] | null,
): Sync {
  if (sync !== "held" && sync !== "in_sync") return sync;
  return liveSnapshotId === approved.id && excluded === null ? "in_sync" : "held";
}

/** Marks approvals of single-reviewer installations for ever: nobody but the requester agreed. */
async function approvedByRequesterOnly(tx: Write, request: Row<"request">): Promise<boolean> {
  const votes = await findAll(tx, "vote", { requestId: request.id, verdict: "approve", voidedAt: null });
  return votes.every((vote) => vote.personId === request.requestedBy);
}
