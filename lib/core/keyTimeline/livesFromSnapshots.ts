import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { KeyLife } from "./KeyLife.ts";
import { kindOfKey } from "./kindOfKey.ts";

/**
 * Key lives as far as snapshots tell them, oldest snapshot first: a key is gone when the next snapshot has it no more.
 * A document that changed back to an earlier one leaves no trace here.
 */
export function livesFromSnapshots(
  snapshots: readonly { readonly at: Instant; readonly keys: readonly ParsedKey[] }[],
  lastFetchedAt: Instant | null,
): KeyLife[] {
  const lives = new Map<string, KeyLife>();
  for (const { at, keys } of snapshots) {
    const present = new Set(keys.flatMap(({ jkt }) => jkt ?? []));
    for (const [jkt, life] of lives)
      if (life.removedAt === null && !present.has(jkt))
        lives.set(jkt, { ...life, removedAt: at, lastSeenAt: at });
    for (const key of keys) {
      if (key.jkt === undefined) continue;
      const known = lives.get(key.jkt);
      const leaked = key.privateMembers.length > 0;
      lives.set(key.jkt, {
        jkt: key.jkt,
        kid: key.kid ?? null,
        kind: kindOfKey(key),
        firstSeenAt: known?.firstSeenAt ?? at,
        lastSeenAt: Math.max(at, lastFetchedAt ?? at),
        removedAt: null,
        leakedAt: known?.leakedAt ?? (leaked ? at : null),
        overlap: null,
        wantedOverlap: null,
        returnedAt: known?.removedAt != null ? at : (known?.returnedAt ?? null),
      });
    }
  }
  return [...lives.values()];
}
