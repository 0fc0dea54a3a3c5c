import type { Instant } from "#lib/core/Instant.ts";
import { defaultOverlap } from "#lib/core/drift/keyDrift.ts";
import { timeRules } from "#lib/core/watch/time/timeRules.ts";
import type { SharedKey, TimeSubject } from "#lib/core/watch/time/TimeSubject.ts";
import { findByIds } from "#lib/db/byIds.ts";
import type { Read } from "#lib/db/Database.ts";
import { listKeyHolders, type KeyHolder } from "#lib/db/queries/listKeyHolders.ts";
import { listTimeFacts } from "#lib/db/queries/listTimeConcerns.ts";
import type { Row } from "#lib/db/rows.ts";

export interface TimedClient {
  readonly client: Row<"client">;
  readonly subject: TimeSubject;
  readonly announcements: readonly Row<"announcement">[];
  /** The findings about time that stand. */
  readonly findings: readonly Row<"finding">[];
}

/** What the rules about time look at, of many clients at once. */
export async function readTimeSubjects(
  db: Read,
  clientRowIds: readonly string[],
  now: Instant,
): Promise<TimedClient[]> {
  const [clients, facts] = await Promise.all([
    findByIds(db, "client", clientRowIds),
    listTimeFacts(
      db,
      clientRowIds,
      timeRules.map(({ id }) => id),
    ),
  ]);
  const published = facts.keys.filter(({ removedAt }) => removedAt === null);
  const leaky = new Set(facts.keys.filter(({ leakedAt }) => leakedAt !== null).map((key) => key.clientRowId));
  const [holders, rows] = await Promise.all([
    listKeyHolders(db, [...new Set(published.map(({ jkt }) => jkt))]),
    findByIds(
      db,
      "snapshot",
      clients
        .filter(({ id }) => leaky.has(id))
        .flatMap(({ liveSnapshotId, approvedSnapshotId }) =>
          [liveSnapshotId ?? [], approvedSnapshotId ?? []].flat(),
        ),
    ),
  ]);
  const snapshots = new Map(rows.map((row) => [row.id, row]));
  const held = Map.groupBy(holders, ({ jkt }) => jkt);
  const keys = Map.groupBy(facts.keys, (each) => each.clientRowId);
  const announcements = Map.groupBy(facts.announcements, (each) => each.clientRowId);
  const attestations = Map.groupBy(facts.attestations, (each) => each.clientRowId);
  const findings = Map.groupBy(facts.findings, (each) => each.clientRowId);
  return clients.map((client) => {
    const own = keys.get(client.id) ?? [];
    const keysOf = (id: string | null) => (id === null ? [] : (snapshots.get(id)?.keys ?? []));
    const left = new Set(
      client.approvedExcept?.flatMap(({ member, value }) => (member === "keys" ? value : [])),
    );
    const copy = attestations.get(client.id)?.find(({ snapshotId }) => snapshotId === client.liveSnapshotId);
    return {
      client,
      announcements: announcements.get(client.id) ?? [],
      findings: findings.get(client.id) ?? [],
      subject: {
        now,
        lifecycle: client.lifecycle,
        keys: own,
        approvedKeys: keysOf(client.approvedSnapshotId).flatMap(({ jkt }) =>
          jkt === undefined || left.has(jkt) ? [] : jkt,
        ),
        leakingKeys: isLeaking(snapshots.get(client.liveSnapshotId ?? ""))
          ? own.flatMap(({ jkt, leakedAt }) => (leakedAt === null ? [] : jkt))
          : [],
        announcements: announcements.get(client.id) ?? [],
        sharedKeys: own.flatMap((key) => sharedWith(key, client, held.get(key.jkt) ?? [])),
        renewBy: copy?.renewBy ?? null,
        validUntil: client.validUntil,
        overlap: defaultOverlap,
      },
    };
  });
}

/** Private halves are not stored and do not count towards a digest: only the checks say that one is public now. */
function isLeaking(live: Row<"snapshot"> | undefined): boolean {
  return live?.results.some(({ rule }) => rule.endsWith(".private-material")) ?? false;
}

function sharedWith(
  { jkt, removedAt }: Row<"clientKey">,
  client: Row<"client">,
  holders: readonly KeyHolder[],
): SharedKey[] {
  const others = holders.filter(({ clientRowId }) => clientRowId !== client.id);
  const [first] = others;
  if (removedAt !== null || first === undefined) return [];
  const strangers = others.filter(
    ({ ownerTeamId }) => ownerTeamId === null || ownerTeamId !== client.ownerTeamId,
  );
  const named = strangers[0] ?? first;
  return [{ jkt, clientId: named.clientId, more: others.length - 1, sameOwner: strangers.length === 0 }];
}
