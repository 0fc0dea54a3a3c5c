import { systemActor } from "#lib/core/Actor.ts";
import { highestSeverity } from "#lib/core/drift/compareDocuments.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { overlapWindow } from "#lib/core/keyTimeline/overlapWindow.ts";
import type { RecentDigest } from "#lib/core/sync/RecentDigest.ts";
import { saidMaxAge } from "#lib/core/sync/saidMaxAge.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { findAll, update, type Row } from "#lib/db/rows.ts";
import { excludeRemovedKeys } from "./excludeRemovedKeys.ts";
import { followKeys } from "./followKeys.ts";
import { followOutage } from "./followOutage.ts";
import { judgeDocument } from "./judgeDocument.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { keepReach } from "./keepReach.ts";
import { note } from "#lib/flows/note.ts";
import type { Observation } from "./observeDocument.ts";
import { recordChange } from "./recordChange.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { settleChange } from "#lib/flows/review/settleChange.ts";
import { storeSnapshot } from "./storeObservation.ts";
import { updateUnlessDecided } from "#lib/flows/clients/updateUnlessDecided.ts";
import { takeUnreadKeys } from "./takeDifference.ts";
import { takeSuccess } from "./takeSuccess.ts";
import { validatorsOf } from "./validatorsOf.ts";

/**
 * A change that counts: the new snapshot is the live one, its keys are followed, the difference is recorded, and the
 * rules say what happens. What was lost is gone with the release that is due now.
 */
export async function takeChange(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  before: Row<"snapshot"> | undefined,
  observation: Observation,
  seen: {
    readonly recent: readonly RecentDigest[] | null;
    readonly unread?: Fetched;
    /** Not fetched but uploaded and vouched for: it says nothing about reaching the document. */
    readonly copy?: boolean;
  },
): Promise<void> {
  const snapshot = await storeSnapshot(ctx, tx, client.id, observation, before);
  if (!snapshot) throw new Error("An observation with a digest gave no snapshot.");
  const { row, reach } = seen.copy
    ? { row: { updatedAt: ctx.clock() }, reach: { causes: [] } }
    : takeSuccess(ctx, client, observation, seen.recent);
  const [document, keySet] = observation.fetches;
  const wanted = overlapWindow({ documentMaxAge: saidMaxAge(document), keySetMaxAge: saidMaxAge(keySet) });
  const keys = observation.keySet?.keys ?? snapshot.keys;
  await followKeys(ctx, tx, client, before, { keys }, wanted);
  const approvedExcept = await excludeRemovedKeys(tx, client, snapshot);
  const news = {
    ...row,
    ...validatorsOf(observation),
    liveSnapshotId: snapshot.id,
    ...(approvedExcept === client.approvedExcept ? {} : { approvedExcept }),
    ...(client.approvedSnapshotId
      ? {}
      : { name: storableText(snapshot.metadata.client_name) || client.name }),
    revision: client.revision + 1,
  };
  const judged = await judgeDocument(ctx, tx, { ...client, ...news }, snapshot, observation.document);
  const sync = seen.copy ? client.sync : judged.sync;
  if (!seen.unread && !seen.copy) await followOutage(ctx, tx, client, sync);
  await updateUnlessDecided(tx, client, { ...news, sync });

  const changes = before ? await recordChange(ctx, tx, client, before, snapshot, observation) : [];
  await note(ctx, tx, systemActor, {
    action: before ? "client.document_changed" : "client.document_read",
    subject: { kind: "client", id: client.id, name: client.clientId },
    detail: {
      from: before?.digest,
      to: snapshot.digest,
      severity: highestSeverity(changes),
      grown: judged.fresh.map(({ message }) => message),
    },
  });
  await matchAnnouncements(ctx, tx, client.id, keys);
  await settleChange(ctx, tx, { ...client, ...news, sync }, snapshot, judged);
  if (client.lifecycle === "approved")
    await scheduleRelease(ctx, tx, `document of ${client.clientId} changed`, 0, [client.id]);
  await keepFindings(ctx, tx, await requireClient(tx, client.id), "document", judged.causes);
  if (seen.unread) await takeUnreadKeys(ctx, tx, client, await requireClient(tx, client.id), seen.unread);
  else if (!seen.copy) await keepReach(ctx, tx, client.id, reach);
}

/** A key that was announced and is there now has come. */
async function matchAnnouncements(
  ctx: Context,
  tx: Write,
  clientRowId: string,
  keys: readonly { readonly jkt?: string }[],
): Promise<void> {
  const waiting = await findAll(tx, "announcement", { clientRowId, matchedAt: null, withdrawnAt: null });
  for (const { id, jkt } of waiting)
    if (keys.some((key) => key.jkt === jkt))
      await update(tx, "announcement", { id }, { matchedAt: ctx.clock() });
}
