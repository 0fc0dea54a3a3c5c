import { versionsOver } from "#lib/core/keyTimeline/versionsOver.ts";
import type { ExplainedRedirect } from "#lib/core/explain/ExplainedRedirect.ts";
import { explainRedirects } from "#lib/core/explain/explainRedirects.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { redirectLives, type RedirectLife } from "#lib/core/redirect/redirectLives.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientChanges } from "#lib/db/queries/listClientChanges.ts";
import { listClientSnapshots } from "#lib/db/queries/listClientSnapshots.ts";
import { listSnapshotFacts, type SnapshotFacts } from "#lib/db/queries/listSnapshotFacts.ts";
import { find, findAll } from "#lib/db/rows.ts";

export interface RedirectHistoryLine extends ExplainedRedirect, Omit<RedirectLife, "uri"> {
  readonly live: boolean;
  readonly approved: boolean;
  /** People decided against it. */
  readonly leftOut: boolean;
}

/** Every redirect URI a client ever had, those that wait for a decision first and those that are gone last. */
export async function redirectHistory(db: Read, id: string): Promise<readonly RedirectHistoryLine[]> {
  const client = await find(db, "client", { id });
  if (!client) return [];
  const [all, changes, requests] = await Promise.all([
    listClientSnapshots(db, id, 200),
    listClientChanges(db, id),
    findAll(db, "request", { clientRowId: id, state: "approved" }),
  ]);
  const wasLive = new Set([client.liveSnapshotId, ...changes.map(({ afterId }) => afterId)]);
  const snapshots = all.filter((each) => each.attested !== true || wasLive.has(each.id));
  const facts = await listSnapshotFacts(db, [
    ...new Set([
      ...snapshots.map((each) => each.id),
      ...requests.map(({ snapshotId }) => snapshotId),
      ...(client.approvedSnapshotId ? [client.approvedSnapshotId] : []),
    ]),
  ]);
  const approvals = requests
    .map(({ decidedAt, requestedAt, snapshotId, excluded }) => ({
      at: decidedAt ?? requestedAt,
      uris: accepted(facts.get(snapshotId), excluded ?? []),
    }))
    .toSorted((a, b) => a.at - b.at);
  const now = client.approvedSnapshotId
    ? [
        {
          at: client.approvedAt ?? client.createdAt,
          uris: accepted(facts.get(client.approvedSnapshotId), client.approvedExcept ?? []),
        },
      ]
    : [];
  const lives = redirectLives(
    versionsOver(snapshots, changes).map(({ at, snapshotId }) => ({
      at,
      uris: facts.get(snapshotId)?.metadata.redirect_uris ?? [],
    })),
    client.approvedSnapshotId ? [...approvals, ...now] : [],
  );
  const known = new Map(lives.map((life) => [life.uri, life]));
  const leftOut = new Set(
    client.approvedExcept?.flatMap(({ member, value }) => (member === "redirect_uris" ? (value ?? []) : [])),
  );
  return explainRedirects([...known.keys()], client.clientId)
    .flatMap((redirect): RedirectHistoryLine[] => {
      const life = known.get(redirect.uri);
      if (!life) return [];
      const live = life.liveSince !== null;
      const approved = life.approvedSince !== null;
      return [{ ...redirect, ...life, live, approved, leftOut: leftOut.has(redirect.uri) }];
    })
    .toSorted((a, b) => rank(a) - rank(b) || since(b) - since(a));
}

function accepted(snapshot: SnapshotFacts | undefined, except: readonly Exclusion[]): readonly string[] {
  const without = new Set(
    except.flatMap(({ member, value }) => (member === "redirect_uris" ? (value ?? []) : [])),
  );
  return snapshot?.metadata.redirect_uris.filter((uri) => !without.has(uri)) ?? [];
}

function rank({ live, approved }: RedirectHistoryLine): number {
  if (live) return approved ? 1 : 0;
  return approved ? 2 : 3;
}

function since({ liveSince, leftAt, firstSeenAt }: RedirectHistoryLine): Instant {
  return liveSince ?? leftAt ?? firstSeenAt ?? 0;
}
