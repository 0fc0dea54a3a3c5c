import type { Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { saveUnchangedWhole, saveUnmodified, type Unchanged } from "#lib/db/queries/saveUnchanged.ts";
import { snapshotDigests, type SnapshotDigest } from "#lib/db/queries/snapshotDigests.ts";
import { nextVisitOf } from "./nextVisitOf.ts";
import type { Seen } from "./observeClient.ts";
import { validatorsOf } from "./validatorsOf.ts";

/**
 * Takes in the visits of a batch that showed nothing new, all in one statement or two, and gives back the others. No
 * journal, no fetch log (docs/decisions/009-the-fetch-log-keeps-what-is-news.md).
 */
export async function takeUnchanged(ctx: Context, tx: Write, batch: readonly Seen[]): Promise<Seen[]> {
  const now = ctx.clock();
  const unmodified: Seen[] = [];
  const rest: Seen[] = [];
  for (const seen of batch) (isUnmodified(seen) ? unmodified : rest).push(seen);
  const live = await snapshotDigests(tx, rest.flatMap(liveIdOfWhole));
  const whole: Seen[] = [];
  const others: Seen[] = [];
  for (const seen of rest) (isSame(seen, live) ? whole : others).push(seen);
  await saveUnmodified(
    tx,
    now,
    unmodified.flatMap((seen) => unchanged(ctx, seen, now)),
  );
  await saveUnchangedWhole(
    tx,
    now,
    whole.flatMap((seen) => {
      const kept = validatorsOf(seen.observation);
      const given = {
        address: seen.observation.fetches[0]?.address ?? "",
        etag: kept.etag ?? "",
        lastModified: kept.lastModified ?? "",
        keySetUrl: kept.keySetUrl ?? "",
        keySetEtag: kept.keySetEtag ?? "",
        keySetLastModified: kept.keySetLastModified ?? "",
        bodyDigest: kept.bodyDigest ?? "",
        keySetBodyDigest: kept.keySetBodyDigest ?? "",
      };
      return unchanged(ctx, seen, now).map((row) => ({ ...row, ...given }));
    }),
  );
  return others;
}

function unchanged(ctx: Context, { visit, observation }: Seen, now: Instant): Unchanged[] {
  if (!visit) return [];
  return [
    {
      id: visit.client.id,
      dueAt: visit.client.dueAt,
      nextFetchAt: nextVisitOf(ctx, visit.client, observation.fetches, now),
    },
  ];
}

/** Nothing waits for another look, and the connection showed the certificate that is known. */
function isQuiet({ visit, observation }: Seen): boolean {
  if (!visit?.client.isSteady) return false;
  const shown = observation.fetches[0]?.tls?.certificateSha256;
  const known = visit.client.certificate;
  return shown === undefined || known === null || shown === known;
}

function isUnmodified(seen: Seen): boolean {
  const { fetches } = seen.observation;
  return isQuiet(seen) && fetches.every(({ outcome }) => outcome === "not_modified");
}

/** Whole answers are compared with what is stored of the live snapshot. */
function liveIdOfWhole(seen: Seen): string[] {
  const id = seen.visit?.client.liveSnapshotId;
  return id && seen.observation.digest && isQuiet(seen) ? [id] : [];
}

function isSame(seen: Seen, live: ReadonlyMap<string, SnapshotDigest>): boolean {
  const { observation, visit } = seen;
  const known = live.get(visit?.client.liveSnapshotId ?? "");
  return (
    known !== undefined &&
    isQuiet(seen) &&
    // With a certificate that is not known yet it is taken in like news, once, so that there is one to compare with.
    visit?.client.certificate !== null &&
    observation.fetches.every(({ outcome }) => outcome === "ok") &&
    observation.digest === known.digest &&
    JSON.stringify(observation.results) === known.resultsText
  );
}
