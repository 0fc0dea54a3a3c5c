import type { TlsFacts } from "#lib/core/fetch/Fetched.ts";
import type { RecentDigest } from "#lib/core/sync/RecentDigest.ts";
import { alternations } from "#lib/core/sync/recallDigests.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { reachCauses } from "#lib/core/watch/reach/reachCauses.ts";
import type { Context } from "#lib/context.ts";
import type { Row } from "#lib/db/rows.ts";
import { nextVisitOf } from "./nextVisitOf.ts";
import type { Observation } from "./observeDocument.ts";

/** What reaching the document showed. */
export interface Reached {
  readonly causes: readonly Cause[];
  readonly connection?: { readonly address: string | null; readonly tls: TlsFacts };
}

/** What the row of a client says after it was reached, and what reaching it showed. `client` is the row before. */
export function takeSuccess(
  ctx: Context,
  client: Row<"client">,
  { fetches }: Observation,
  recentDigests: readonly RecentDigest[] | null,
): { readonly row: Partial<Row<"client">>; readonly reach: Reached } {
  const now = ctx.clock();
  const answer = fetches[0];
  const before = { address: client.address ?? undefined, tls: client.tls ?? undefined };
  const causes = reachCauses({
    now,
    clientId: client.clientId,
    kind: "document",
    outcome: answer?.outcome ?? "ok",
    sentence: answer?.sentence ?? "",
    failures: 0,
    failingSince: now,
    repeated: false,
    answeredBefore: client.liveSnapshotId !== null,
    attested: false,
    alternations: alternations(recentDigests, now),
    connections: { before, after: { address: answer?.address, tls: answer?.tls } },
  });
  // A connection that is suspicious is compared with the last good one until people have looked.
  const isGood = !causes.some(({ rule }) => rule === "reach.certificate-issuer-changed");
  const connection = answer?.tls && { address: answer.address ?? null, tls: answer.tls };
  return {
    reach: { causes, connection },
    row: {
      failures: 0,
      failingSince: null,
      lastOutcome: answer?.outcome ?? null,
      lastFetchedAt: now,
      ...(answer?.outcome === "ok" ? { lastUnconditionalAt: now } : {}),
      nextFetchAt: nextVisitOf(ctx, client, fetches, now),
      leasedUntil: null,
      recentDigests,
      unconfirmedDigest: null,
      unconfirmedTurns: null,
      lookAgainAt: null,
      ...(isGood ? connection : {}),
      updatedAt: now,
    },
  };
}
