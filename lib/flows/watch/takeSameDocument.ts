import { unsafeSentence } from "#lib/core/allowlist/unsafeSentence.ts";
import { systemActor } from "#lib/core/Actor.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { recallDigest } from "#lib/core/sync/recallDigests.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import type { Row } from "#lib/db/rows.ts";
import { followKeys } from "./followKeys.ts";
import { followOutage } from "./followOutage.ts";
import { judgeDocument } from "./judgeDocument.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { keepReach } from "./keepReach.ts";
import type { Observation } from "./observeDocument.ts";
import { recordChange } from "./recordChange.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { shrinkInside } from "#lib/flows/clients/shrinkClient.ts";
import { storeSnapshot } from "./storeObservation.ts";
import { takeUnreadKeys } from "./takeDifference.ts";
import { takeSuccess } from "./takeSuccess.ts";
import { updateUnlessDecided } from "#lib/flows/clients/updateUnlessDecided.ts";
import { validatorsOf } from "./validatorsOf.ts";

/**
 * The live document was seen again, where something waited for it: a failure that is over, a difference that did not
 * last, a finding whose cause is gone, or a worse judgement, e.g. a private part in a key set, which does not count
 * towards its digest.
 */
export async function takeSameDocument(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  before: Row<"snapshot">,
  observation: Observation,
  unread?: Fetched,
): Promise<void> {
  const isWhole = observation.document !== undefined && !unread;
  const live = isWhole ? ((await storeSnapshot(ctx, tx, client.id, observation, before)) ?? before) : before;
  const keys = observation.keySet?.keys ?? [];
  if (isWhole && keys.some(({ privateMembers }) => privateMembers.length > 0))
    await followKeys(ctx, tx, client, before, { keys });
  const recent =
    client.recentDigests && recallDigest(client.recentDigests, before.digest, before.digest, ctx.clock());
  const { row, reach } = takeSuccess(ctx, client, observation, recent);
  const judged = await judgeDocument(ctx, tx, client, live, observation.document);
  const { sync } = judged;
  if (!unread) await followOutage(ctx, tx, client, sync);
  await updateUnlessDecided(tx, client, { ...row, sync, ...(isWhole ? validatorsOf(observation) : {}) });
  const after = { ...client, ...row, sync };
  if (isWhole && live.errors > before.errors) await recordChange(ctx, tx, client, before, live, observation);
  if (client.lifecycle === "approved" && judged.suspend)
    await shrinkInside(ctx, tx, systemActor, after, "suspended", judged.suspend);
  else if (client.lifecycle === "approved" && (live.errors > before.errors || becameUnsafe(before, live)))
    await scheduleRelease(ctx, tx, `document of ${client.clientId} is invalid`, 0, [client.id]);
  await keepFindings(ctx, tx, await requireClient(tx, client.id), "document", judged.causes);
  if (unread) await takeUnreadKeys(ctx, tx, client, await requireClient(tx, client.id), unread);
  else await keepReach(ctx, tx, client.id, reach);
}

/** One error may have taken the place of another. */
function becameUnsafe(before: Row<"snapshot">, live: Row<"snapshot">): boolean {
  return unsafeSentence(live.results) !== unsafeSentence(before.results);
}
