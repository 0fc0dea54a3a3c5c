import type { Instant } from "#lib/core/Instant.ts";

/**
 * Since when the newest key set, and all before it without a gap, name a key; null when the newest does not, undefined
 * when there are no key sets.
 */
export function namedSince(
  kid: string,
  keySets: readonly {
    readonly version: number;
    readonly kids: readonly string[];
    readonly acceptedAt: Instant;
  }[],
): Instant | null | undefined {
  if (keySets.length === 0) return undefined;
  let since: Instant | null = null;
  for (const { kids, acceptedAt } of keySets.toSorted((a, b) => b.version - a.version)) {
    if (!kids.includes(kid)) break;
    since = acceptedAt;
  }
  return since;
}
