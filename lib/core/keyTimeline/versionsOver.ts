import type { Instant } from "#lib/core/Instant.ts";

/** A snapshot that became the live one at a moment. */
export interface Version {
  readonly at: Instant;
  readonly snapshotId: string;
}

/**
 * Which snapshot was live since when, oldest first: each from when it was first seen, and again whenever a change led
 * back to it.
 */
export function versionsOver(
  snapshots: readonly { readonly id: string; readonly firstSeenAt: Instant }[],
  changes: readonly { readonly afterId: string; readonly at: Instant }[],
): Version[] {
  const known = new Set(snapshots.map(({ id }) => id));
  const seen = [
    ...snapshots.map(({ id, firstSeenAt }) => ({ at: firstSeenAt, snapshotId: id })),
    ...changes
      .filter(({ afterId }) => known.has(afterId))
      .map(({ at, afterId }) => ({ at, snapshotId: afterId })),
  ].toSorted((a, b) => a.at - b.at);
  return seen.filter(({ snapshotId }, place) => seen[place - 1]?.snapshotId !== snapshotId);
}
