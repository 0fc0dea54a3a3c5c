import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import type { Unconfirmed } from "#lib/core/schedule/judgeDifference.ts";
import type { RecentDigest } from "#lib/core/sync/RecentDigest.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { followOutage, isOutage } from "./followOutage.ts";
import { judgeDocument } from "./judgeDocument.ts";
import { keepReach } from "./keepReach.ts";
import type { Observation } from "./observeDocument.ts";
import { takeFailure } from "./takeFailure.ts";
import { takeSuccess } from "./takeSuccess.ts";

/**
 * Remembers a difference that does not count yet: what is live stays live. Without `unconfirmed` it is one of a document
 * that changes to and fro, and nobody looks again before the next visit.
 */
export async function takeDifference(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  live: Row<"snapshot">,
  observation: Observation,
  seen: {
    readonly recent: readonly RecentDigest[] | null;
    readonly unconfirmed?: Unconfirmed;
    readonly unread?: Fetched;
  },
): Promise<void> {
  const { row, reach } = takeSuccess(ctx, client, observation, seen.recent);
  const sync = await standingSync(ctx, tx, client, live);
  if (!seen.unread) await followOutage(ctx, tx, client, sync);
  const news = {
    ...row,
    sync,
    ...(seen.unconfirmed
      ? {
          unconfirmedDigest: seen.unconfirmed.digest,
          unconfirmedTurns: seen.unconfirmed.turns,
          lookAgainAt: seen.unconfirmed.lookAgainAt,
          nextFetchAt: seen.unconfirmed.lookAgainAt,
        }
      : {}),
  };
  await update(tx, "client", { id: client.id }, news);
  if (seen.unread) await takeUnreadKeys(ctx, tx, client, { ...client, ...news }, seen.unread);
  else await keepReach(ctx, tx, client.id, reach);
}

/** A document that was read beside a key set that was not: the row as after the one, the failures as before. */
export async function takeUnreadKeys(
  ctx: Context,
  tx: Write,
  before: Row<"client">,
  after: Row<"client">,
  keys: Fetched,
): Promise<void> {
  const { failures, failingSince, lastOutcome } = before;
  const sync = isOutage(before.sync) ? before.sync : after.sync;
  await takeFailure(ctx, tx, { ...after, failures, failingSince, lastOutcome, sync }, keys);
}

async function standingSync(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  live: Row<"snapshot">,
): Promise<"held" | "in_sync"> {
  if (client.sync === "held" || client.sync === "in_sync") return client.sync;
  return (await judgeDocument(ctx, tx, client, live)).sync;
}
