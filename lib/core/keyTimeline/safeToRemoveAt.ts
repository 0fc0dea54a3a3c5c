import type { Instant } from "#lib/core/Instant.ts";
import type { KeyLife } from "./KeyLife.ts";

/**
 * When a published key may go: every cache has by then seen one of its successors. At once for a key whose private half
 * is public. Undefined for a key that is gone, and while nothing follows it.
 * @param overlap W, in milliseconds
 */
export function safeToRemoveAt(
  key: KeyLife,
  successors: readonly KeyLife[],
  overlap: number,
  now: Instant,
): { readonly at: Instant; readonly safe: boolean } | undefined {
  if (key.removedAt !== null) return undefined;
  if (key.leakedAt !== null) return { at: key.leakedAt, safe: true };
  const seen = successors
    .filter(({ jkt, removedAt, leakedAt }) => jkt !== key.jkt && removedAt === null && leakedAt === null)
    .map(({ firstSeenAt, returnedAt }) => returnedAt ?? firstSeenAt);
  if (seen.length === 0) return undefined;
  const at = Math.min(...seen) + overlap;
  return { at, safe: at <= now };
}

/** Published keys that came later: the ones a client moves on to. */
export function successorsOf(key: KeyLife, lives: readonly KeyLife[]): KeyLife[] {
  return lives.filter(
    (other) => other.jkt !== key.jkt && other.removedAt === null && other.firstSeenAt > key.firstSeenAt,
  );
}
