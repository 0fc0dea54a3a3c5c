import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import {
  clientIdInput,
  contractInput,
  grantsInput,
  profileInput,
  purposeInput,
  sponsorInput,
  teamInput,
  validDaysInput,
} from "#lib/core/clientInput.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { reasonInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { requestObstacle } from "#lib/core/review/transitions.ts";
import { freshFor } from "#lib/core/schedule/freshFor.ts";
import { nextVisit } from "#lib/core/schedule/nextVisit.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { connectionOf } from "./connectionOf.ts";
import { followKeys } from "#lib/flows/watch/followKeys.ts";
import { checkByText } from "./checkByText.ts";
import { judgeRisk } from "#lib/flows/review/judgeRisk.ts";
import { note } from "#lib/flows/note.ts";
import { observeDocument, type Observation } from "#lib/flows/watch/observeDocument.ts";
import { draftRequest } from "#lib/flows/review/draftRequest.ts";
import { requireGrants } from "./requireGrants.ts";
import { logFetches, storeSnapshot } from "#lib/flows/watch/storeObservation.ts";
import { validatorsOf } from "#lib/flows/watch/validatorsOf.ts";

export const registerInput = z.object({
  clientId: clientIdInput,
  profile: profileInput.default("ietf"),
  ownerTeamId: teamInput,
  sponsor: sponsorInput,
  purpose: purposeInput,
  contract: contractInput.optional(),
  grants: grantsInput,
  reason: reasonInput,
  validDays: validDaysInput.default(180),
});

/**
 * Records a client with its owner and asks for its approval in one step. The document is fetched now: only a document
 * that was read can be asked for. A client that was only discovered, or denied long enough ago, is taken up again.
 */
export async function registerClient(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof registerInput>,
): Promise<{ id: string; requestNumber: number }> {
  requirePermission(actor, "register");
  const asked = parseInput(registerInput, input);
  const byText = (await checkByText(ctx.db, asked)).find((result) => result.severity === "error");
  if (byText) throw new Refusal("invalid_input", byText.message, { clientId: byText.message });
  await requireGrants(ctx.db, asked.grants);
  if (!(await find(ctx.db, "team", { id: asked.ownerTeamId })))
    throw new Refusal("invalid_input", "That team does not exist any more. Choose another.", {
      ownerTeamId: "Choose a team.",
    });
  await refuseKnown(ctx, asked.clientId);

  const observation = await observeDocument(ctx, asked);
  const answer = observation.fetches[0];
  if (!observation.digest || !observation.document?.effective) {
    await ctx.db.transaction((tx) => logFetches(ctx, tx, null, observation));
    const why =
      observation.results.find((result) => result.severity === "error")?.message ?? answer?.sentence ?? "";
    throw new Refusal("not_ready", `The document could not be read, so there is nothing to approve. ${why}`, {
      clientId: why,
    });
  }
  const risk = await judgeRisk(ctx.db, { ...asked, metadata: observation.document.effective });
  return ctx.db.transaction(async (tx) => {
    const client = await saveClient(ctx, tx, actor, asked, observation, risk);
    await logFetches(ctx, tx, client.id, observation);
    const snapshot = await storeSnapshot(ctx, tx, client.id, observation);
    if (!snapshot) throw new Error("An observation with a digest gave no snapshot.");
    await followKeys(
      ctx,
      tx,
      client,
      undefined,
      observation.keySet?.keys ? { keys: observation.keySet.keys } : snapshot,
    );
    await note(ctx, tx, actor, {
      action: "client.registered",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: {
        ownerTeamId: asked.ownerTeamId,
        sponsor: asked.sponsor,
        purpose: asked.purpose,
        grants: asked.grants,
      },
    });
    const number = await draftRequest(ctx, tx, actor, {
      client: { ...client, liveSnapshotId: snapshot.id },
      kind: "approve",
      snapshot,
      grants: asked.grants,
      validDays: asked.validDays,
      reason: asked.reason,
    });
    return { id: client.id, requestNumber: number };
  });
}

/** Refuses a client that somebody has decided on already. */
export async function refuseKnown(ctx: Context, clientId: string): Promise<void> {
  const known = await find(ctx.db, "client", { clientId });
  if (known) refuseUnlessFree(known, ctx.clock());
}

/** A client that is known may be asked for anew only when nobody has decided on it, or the denial is old enough. */
function refuseUnlessFree(known: Row<"client">, now: Instant): void {
  const free = known.lifecycle === "discovered" || known.lifecycle === "denied";
  const obstacle = free
    ? requestObstacle("approve", known, now)
    : `This client is already in the inventory (${known.lifecycle}). Open it there.`;
  if (obstacle) throw new Refusal("conflict", obstacle, { clientId: "Already in the inventory." });
}

/** Writes the row of a client that is new, or taken up again. */
export async function saveClient(
  ctx: Context,
  tx: Write,
  actor: Actor,
  asked: Pick<
    z.output<typeof registerInput>,
    "clientId" | "profile" | "ownerTeamId" | "sponsor" | "purpose" | "contract"
  >,
  observation: Observation,
  risk: Awaited<ReturnType<typeof judgeRisk>>,
): Promise<Row<"client">> {
  const now = ctx.clock();
  const known = await find(tx, "client", { clientId: asked.clientId });
  if (known?.lifecycle === "pending")
    throw new Refusal("conflict", "Someone registered this client a moment ago. Open it in the inventory.", {
      clientId: "Already in the inventory.",
    });
  if (known) refuseUnlessFree(known, now);
  const { host, registrableDomain } = owningDomain(new URL(asked.clientId).hostname);
  const answer = observation.fetches[0];
  const personId = actor.kind === "person" ? actor.id : null;
  const row: Row<"client"> = {
    id: known?.id ?? ctx.newId(),
    clientId: asked.clientId,
    host,
    domain: registrableDomain ?? host,
    name: storableText(observation.document?.effective?.client_name) || host,
    profile: asked.profile,
    lifecycle: "discovered",
    lifecycleReason: null,
    lifecycleAt: now,
    sync: "in_sync",
    riskTier: risk.tier,
    riskReasons: risk.reasons,
    ownerTeamId: asked.ownerTeamId,
    sponsor: asked.sponsor,
    purpose: asked.purpose,
    contract: asked.contract || null,
    registeredBy: personId,
    lastEditedBy: personId,
    liveSnapshotId: null,
    // Once approved, then retired: lists refuse it by name until it is approved again.
    approvedSnapshotId: known?.approvedSnapshotId ?? null,
    approvedRequestId: known?.approvedRequestId ?? null,
    approvedAt: null,
    validUntil: null,
    selfApproved: false,
    ...validatorsOf(observation),
    lastFetchedAt: now,
    lastOutcome: answer?.outcome ?? null,
    failures: 0,
    failingSince: null,
    nextFetchAt: nextVisit(asked.clientId, risk.tier, now, { freshFor: freshFor(observation.fetches) }),
    lastUnconditionalAt: now,
    unconfirmedDigest: null,
    unconfirmedTurns: null,
    lookAgainAt: null,
    recentDigests: null,
    approvedExcept: known?.approvedExcept ?? null,
    unsettled: null,
    ...connectionOf(answer),
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
    revision: (known?.revision ?? 0) + 1,
  };
  if (known) await update(tx, "client", { id: known.id }, row);
  else await insert(tx, "client", row);
  return row;
}
