import type { RecentDigest } from "#lib/core/sync/RecentDigest.ts";
import { alternations } from "#lib/core/sync/recallDigests.ts";
import type { Cause } from "#lib/core/finding/Finding.ts";
import type { Connection } from "#lib/core/watch/reach/ReachSubject.ts";
import { reachCauses } from "#lib/core/watch/reach/reachCauses.ts";
import type { Context } from "#lib/context.ts";
import type { Row } from "#lib/db/rows.ts";
import { connectionOf, type KeptConnection } from "#lib/flows/clients/connectionOf.ts";
import { nextVisitOf } from "./nextVisitOf.ts";
import type { Observation } from "./observeDocument.ts";

/** What reaching the document showed. */
export interface Reached {
  readonly causes: readonly Cause[];
  readonly connection?: KeptConnection;
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
  const connection = connectionOf(answer);
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
    connections: { before: shownBy(client), after: shownBy(connection) },
  });
  // A connection that is suspicious is compared with the last good one until people have looked.
  const isGood = !causes.some(({ rule }) => rule === "reach.certificate-issuer-changed");
  return {
    reach: { causes, connection: answer?.tls && connection },
    row: {
      failures: 0,
      failingSince: null,
      lastOutcome: answer?.outcome ?? null,
      lastFetchedAt: now,
      ...(answer?.outcome === "ok" ? { lastUnconditionalAt: now } : {}),
      nextFetchAt: nextVisitOf(ctx, client, fetches, now),
      recentDigests,
      unconfirmedDigest: null,
      unconfirmedTurns: null,
      lookAgainAt: null,
      ...(isGood && answer?.tls ? connection : {}),
      updatedAt: now,
    },
  };
}

function shownBy({ address, certificateIssuer }: KeptConnection): Connection {
  return { address: address ?? undefined, issuer: certificateIssuer ?? undefined };
}
