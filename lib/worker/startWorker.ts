import { hour, minute, second } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { appendToLog } from "#lib/flows/log/appendToLog.ts";
import { deliverOutbox } from "#lib/flows/channels/deliverOutbox.ts";
import { discoverSighted } from "#lib/flows/sightings/discoverSighted.ts";
import { expireRequests } from "#lib/flows/review/expireRequests.ts";
import { collectObjects } from "#lib/flows/releases/collectObjects.ts";
import { forgetEnded } from "#lib/flows/forgetEnded.ts";
import { forgetOld } from "#lib/flows/forgetOld.ts";
import { forgetDeliveries } from "#lib/flows/channels/forgetDeliveries.ts";
import { forgetSightings } from "#lib/flows/sightings/forgetSightings.ts";
import { forgetStrangers } from "#lib/flows/sightings/forgetStrangers.ts";
import { settleSplitViews } from "#lib/flows/sightings/settleSplitViews.ts";
import { forgetHosts } from "#lib/flows/watch/forgetHosts.ts";
import { hostMemory } from "#lib/flows/watch/hostMemory.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { refreshDueClients } from "#lib/flows/watch/refreshDueClients.ts";
import { resignHeads } from "#lib/flows/signing/resignHeads.ts";
import { sendDeliveries } from "#lib/flows/channels/sendDeliveries.ts";
import { sendDigests } from "#lib/flows/channels/sendDigests.ts";
import { tendFindings } from "#lib/flows/findings/tendFindings.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { verifyListsDaily } from "#lib/flows/releases/verifyLists.ts";
import { ownWatch, watchOwnHeads } from "#lib/flows/releases/watchOwnHeads.ts";
import { watchTime } from "#lib/flows/watch/watchTime.ts";
import { repeat, type Repeated } from "./repeat.ts";

/** Timers that call flows. The database decides what is due; a timer only asks. */
export async function startWorker(ctx: Context): Promise<Repeated> {
  await turnSigningKeys(ctx);
  const hosts = hostMemory();
  const own = ownWatch();
  const timers = [
    repeat(ctx, "publish", 200, () => publishDueReleases(ctx)),
    repeat(ctx, "log", second, () => appendToLog(ctx)),
    repeat(ctx, "outbox", second, () => deliverOutbox(ctx)),
    repeat(ctx, "deliveries", second, () => sendDeliveries(ctx)),
    repeat(ctx, "digests", minute, () => sendDigests(ctx)),
    repeat(ctx, "delivery log", hour, () => forgetDeliveries(ctx)),
    repeat(ctx, "refresh", 2 * second, (signal) => refreshDueClients(ctx, { hosts, signal })),
    repeat(ctx, "hosts", minute, () => forgetHosts(ctx)),
    repeat(ctx, "re-sign", 5 * second, () => resignHeads(ctx)),
    repeat(ctx, "own lists", minute, () => watchOwnHeads(ctx, own)),
    repeat(ctx, "whole lists", 10 * minute, (signal) => verifyListsDaily(ctx, signal)),
    repeat(ctx, "objects", hour, () => collectObjects(ctx)),
    repeat(ctx, "ended", hour, () => forgetEnded(ctx)),
    repeat(ctx, "old", 6 * hour, (signal) => forgetOld(ctx, signal)),
    repeat(ctx, "signing keys", second, () => turnSigningKeys(ctx)),
    repeat(ctx, "requests", minute, () => expireRequests(ctx)),
    repeat(ctx, "findings", minute, () => tendFindings(ctx)),
    repeat(ctx, "discoveries", 5 * second, () => discoverSighted(ctx)),
    repeat(ctx, "split views", 2 * second, () => settleSplitViews(ctx)),
    repeat(ctx, "sightings", hour, () => forgetSightings(ctx)),
    repeat(ctx, "strangers", hour, () => forgetStrangers(ctx)),
    repeat(ctx, "time", 10 * minute, () => watchTime(ctx)),
  ];
  return {
    async stop() {
      await Promise.all(timers.map((timer) => timer.stop()));
    },
  };
}
