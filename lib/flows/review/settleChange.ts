import { systemActor } from "#lib/core/Actor.ts";
import { lostScopes } from "#lib/core/allowlist/narrow.ts";
import type { Grant } from "#lib/core/client.ts";
import { requiredVotes } from "#lib/core/review/requiredVotes.ts";
import { acceptedOf } from "#lib/core/review/reviewChange.ts";
import { isAnnounced } from "#lib/core/sync/isAnnounced.ts";
import { isHarmless } from "#lib/core/sync/isHarmless.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { find, findAll, update, type Row } from "#lib/db/rows.ts";
import { acceptByRule } from "./acceptByRule.ts";
import { closeRequest } from "./closeRequest.ts";
import { draftRequest } from "./draftRequest.ts";
import type { Judged } from "#lib/flows/watch/judgeDocument.ts";
import { judgeRisk } from "./judgeRisk.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { shrinkInside } from "#lib/flows/clients/shrinkClient.ts";

/**
 * Does with a changed document what the rules say: suspends, accepts what needs nobody, or holds growth behind a
 * request. Votes on the document before are void. `client` is the row after the change.
 */
export async function settleChange(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
  judged: Judged,
): Promise<void> {
  const isApproved = client.lifecycle === "approved";
  if (isApproved && judged.suspend) {
    await shrinkInside(ctx, tx, systemActor, client, "suspended", judged.suspend);
    return;
  }
  const { standing, fresh, announced } = judged;
  const rest = standing.filter(({ effect }) => effect !== "growth");
  const asAnnounced = isAnnounced(fresh, announced) && isHarmless(rest);
  const needsNobody =
    isApproved &&
    snapshot.errors === 0 &&
    snapshot.id !== client.approvedSnapshotId &&
    (asAnnounced || isHarmless(standing));
  if (needsNobody) await acceptByRule(ctx, tx, client, snapshot, { changes: standing, asAnnounced });
  const waits = fresh.length > 0 && !needsNobody;
  const open = await openRequestOf(tx, client.id);
  if (open) await moveRequest(ctx, tx, client, open, snapshot, waits);
  else if (isApproved && waits) await holdGrowth(ctx, tx, client, snapshot, judged);
}

/** An open request follows the document; one that only the change asked for goes with it. */
async function moveRequest(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  open: Row<"request">,
  snapshot: Row<"snapshot">,
  waits: boolean,
): Promise<void> {
  await update(tx, "vote", { requestId: open.id, voidedAt: null }, { voidedAt: ctx.clock() });
  const bySystem = open.kind === "change" && open.requestedBy === null;
  const grants = bySystem ? await standingGrants(tx, client, snapshot) : open.grants;
  const risk = await judgeRisk(tx, { ...client, ...open, grants, metadata: snapshot.metadata });
  const asker = await find(tx, "person", { id: open.requestedBy ?? "" });
  const moved = {
    grants,
    snapshotId: snapshot.id,
    requiredVotes: requiredVotes(risk.tier, asker),
    revision: open.revision + 1,
  };
  await update(tx, "request", { id: open.id }, moved);
  if (client.lifecycle === "pending")
    await update(tx, "client", { id: client.id }, { riskTier: risk.tier, riskReasons: risk.reasons });
  if (!bySystem || waits) return;
  const reason = "The document no longer holds anything new.";
  await closeRequest(ctx, tx, systemActor, { ...open, ...moved }, "withdrawn", reason);
}

/** Asks people about what the document gained, unless they have already turned down this very document. */
async function holdGrowth(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  snapshot: Row<"snapshot">,
  { fresh }: Judged,
): Promise<void> {
  const about = { clientRowId: client.id, snapshotId: snapshot.id };
  const earlier = await findAll(tx, "request", about);
  if (earlier.some(({ kind, state }) => kind === "change" && state === "denied")) return;
  const last = client.approvedRequestId
    ? await find(tx, "request", { id: client.approvedRequestId })
    : undefined;
  await draftRequest(ctx, tx, systemActor, {
    client: await requireClient(tx, client.id),
    kind: "change",
    snapshot,
    grants: await standingGrants(tx, client, snapshot),
    validDays: last?.validDays ?? 180,
    reason: `The document grew. ${said(fresh.map(({ message }) => message))}`,
  });
}

/** The access in force without the scopes that the document lost: accepting what it gained does not give them back. */
async function standingGrants(
  tx: Write,
  client: Row<"client">,
  { metadata }: Row<"snapshot">,
): Promise<readonly Grant[]> {
  const inForce = await findAll(tx, "grant", { clientRowId: client.id });
  const grants = inForce.map(({ resource, scopes }) => ({ resource, scopes }));
  const approved = await find(tx, "snapshot", { id: client.approvedSnapshotId ?? "" });
  if (!approved) return grants;
  const lost = lostScopes(acceptedOf(approved, client.approvedExcept ?? []).metadata, metadata);
  const left = grants.flatMap(({ resource, scopes }) => {
    const kept = scopes.filter((scope) => !lost.has(scope));
    return kept.length === 0 && scopes.length > 0 ? [] : [{ resource, scopes: kept }];
  });
  // With nothing left the client is suspended by its next release, and asked about as it was.
  return left.length > 0 ? left : grants;
}

const shown = 3;

function said(messages: readonly string[]): string {
  const more = messages.length - shown;
  return [...messages.slice(0, shown), ...(more > 0 ? [`${more} more.`] : [])].join(" ");
}
