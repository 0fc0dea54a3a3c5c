import { snapshotDigest, type Observation } from "./observeDocument.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { judgeDifference } from "#lib/core/schedule/judgeDifference.ts";
import { isFlapping, recallDigest } from "#lib/core/sync/recallDigests.ts";
import { cannotBeRead } from "#lib/core/sync/cannotBeRead.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";
import type { Seen } from "./observeClient.ts";
import { replaceCopies } from "./replaceCopies.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { logFetches } from "./storeObservation.ts";
import { takeChange } from "./takeChange.ts";
import { takeDifference } from "./takeDifference.ts";
import { takeFailure } from "./takeFailure.ts";
import { takeSameDocument } from "./takeSameDocument.ts";

/**
 * Takes in what the network showed of a client and says whether its live document or keys are others now. A first
 * difference of a client that is in use is only remembered: it counts when the next look shows it, too.
 */
export async function takeObservation(
  ctx: Context,
  tx: Write,
  { clientRowId, before: read, observation }: Seen,
): Promise<boolean> {
  const client = await requireClient(tx, clientRowId);
  await logFetches(ctx, tx, clientRowId, observation);
  const [answer] = observation.fetches;
  if (!answer) throw new Error("An observation without a fetch.");
  const before = await liveSnapshot(tx, client, read);
  if (answer.outcome === "not_modified" && before) {
    await takeSameDocument(ctx, tx, client, before, observation);
    return false;
  }
  if (answer.outcome !== "ok" || !observation.digest) {
    await takeFailure(ctx, tx, client, answer, observation.document?.faults);
    return false;
  }
  if (cannotBeRead(client.sync)) await replaceCopies(ctx, tx, client);
  const unread = unreadKeySet(observation);
  // A key set that could not be read says nothing about the keys: the last good copy of them stands.
  const whole = unread && before ? withKeysOf(before, observation) : observation;
  return takeDocument(ctx, tx, client, before, whole, before && unread);
}

async function takeDocument(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  before: Row<"snapshot"> | undefined,
  observation: Observation,
  unread: Fetched | undefined,
): Promise<boolean> {
  const now = ctx.clock();
  const { digest = "" } = observation;
  if (before?.digest === digest) {
    await takeSameDocument(ctx, tx, client, before, observation, unread);
    return false;
  }
  const isInUse = client.lifecycle === "approved" || client.lifecycle === "suspended";
  const recent = isInUse ? recallDigest(client.recentDigests, before?.digest, digest, now) : null;
  if (before && isInUse) {
    const alarm = alarmsOf(observation);
    const isReturn = client.recentDigests?.some((each) => each.digest === digest) ?? false;
    const isFrozen = isFlapping(recent, now) && isReturn && !Object.values(alarm).includes(true);
    const verdict = isFrozen
      ? "stays"
      : judgeDifference(client.clientId, { digest, ...alarm }, unconfirmedOf(client), now);
    if (verdict !== "counts") {
      const unconfirmed = verdict === "stays" ? undefined : verdict;
      await takeDifference(ctx, tx, client, before, observation, { recent, unconfirmed, unread });
      return false;
    }
  }
  await takeChange(ctx, tx, client, before, observation, { recent, unread });
  return true;
}

/** A snapshot never changes but in how it is judged, so one that was read before the fetch need not be read again. */
async function liveSnapshot(
  tx: Write,
  { liveSnapshotId }: Row<"client">,
  read: Row<"snapshot"> | undefined,
): Promise<Row<"snapshot"> | undefined> {
  if (!liveSnapshotId) return undefined;
  return read?.id === liveSnapshotId ? read : find(tx, "snapshot", { id: liveSnapshotId });
}

/** The fetch of a key set that the document names and that could not be read. */
function unreadKeySet({ document, keySet, fetches }: Observation): Fetched | undefined {
  const isNamed = document?.effective?.jwks === undefined && document?.effective?.jwks_uri !== undefined;
  return isNamed && keySet?.keys === undefined ? fetches[1] : undefined;
}

function withKeysOf(before: Row<"snapshot">, observation: Observation): Observation {
  const keySet = {
    source: before.keySetSource ?? "",
    keys: before.keys,
    digest: before.keySetDigest ?? undefined,
    faults: [],
  };
  const { subject } = observation;
  return {
    ...observation,
    keySet,
    subject: subject && { ...subject, keySet, keySetResponse: undefined },
    digest: snapshotDigest(observation.document, keySet),
  };
}

function unconfirmedOf({ unconfirmedDigest, unconfirmedTurns, lookAgainAt }: Row<"client">) {
  return unconfirmedDigest && lookAgainAt !== null
    ? { digest: unconfirmedDigest, turns: unconfirmedTurns ?? 1, lookAgainAt }
    : undefined;
}

/** What cannot wait for another look. */
function alarmsOf({ results }: Observation) {
  const says = (...rules: string[]) =>
    results.some(({ rule, severity }) => severity === "error" && rules.includes(rule));
  return {
    privateKeyMaterial: says("key.private-material", "document.private-material"),
    clientIdMismatch: says("document.client-id-mismatch"),
  };
}
