import { systemActor } from "#lib/core/Actor.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { ParseFault } from "#lib/core/document/ParsedDocument.ts";
import type { Fetched, FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import { nextTry } from "#lib/core/schedule/nextTry.ts";
import { afterFailure } from "#lib/core/sync/afterFailure.ts";
import { alternations } from "#lib/core/sync/recallDigests.ts";
import { suspendReason } from "#lib/core/sync/suspends.ts";
import { reachCauses } from "#lib/core/watch/reach/reachCauses.ts";
import { isRepeated } from "#lib/core/watch/reach/isRepeated.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { findAll, update, type Row } from "#lib/db/rows.ts";
import { followOutage } from "./followOutage.ts";
import { keepReach } from "./keepReach.ts";
import { note } from "#lib/flows/note.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { shrinkInside } from "#lib/flows/clients/shrinkClient.ts";

/**
 * A fetch that showed no document, or no key set, that can be used: the last good copy stands. `fetched` came with 200
 * when its body is what is wrong, and then `faults` say how. `client` is the row before the look.
 */
export async function takeFailure(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  fetched: Fetched,
  faults: readonly ParseFault[] = [],
): Promise<void> {
  const now = ctx.clock();
  const failures = client.failures + 1;
  const failingSince = client.failingSince ?? now;
  const outcome: FetchOutcome = fetched.outcome;
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
      nextFetchAt: nextTry(client.clientId, failures, now, fetched.retryAfter),
      updatedAt: now,
    },
  );
  const sentence = visibleText(faults.find(({ kind }) => kind !== "bom")?.message ?? fetched.sentence, 400);
  const outage = await followOutage(ctx, tx, { ...client, failingSince }, sync);
  if (sync !== client.sync)
    await note(ctx, tx, systemActor, {
      action: "client.sync_changed",
      subject: { kind: "client", id: client.id, name: client.clientId },
      detail: { from: client.sync, to: sync, why: sentence },
    });
  const causes = reachCauses({
    now,
    clientId: client.clientId,
    kind: fetched.kind,
    outcome: outcome === "ok" ? "unreadable" : outcome,
    sentence,
    failures,
    failingSince,
    repeated: isRepeated(client, outcome),
    outage,
    answeredBefore: client.liveSnapshotId !== null,
    attested: outcome === "challenged" && (await isAttested(tx, client)),
    alternations: alternations(client.recentDigests, now),
  });
  const reason = client.lifecycle === "approved" ? suspendReason(causes, client.riskTier) : undefined;
  if (reason)
    await shrinkInside(ctx, tx, systemActor, await requireClient(tx, client.id), "suspended", reason);
  await keepReach(ctx, tx, client.id, { causes });
}

/** Whether people vouch for the copy in force, also where a fetch had shown the same before. */
async function isAttested(tx: Write, { id, liveSnapshotId }: Row<"client">): Promise<boolean> {
  const vouched = await findAll(tx, "attestation", { clientRowId: id, state: "attested" });
  return vouched.some(({ snapshotId }) => snapshotId === liveSnapshotId);
}
