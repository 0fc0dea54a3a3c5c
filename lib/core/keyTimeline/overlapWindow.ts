import { defaultOverlap } from "#lib/core/drift/keyDrift.ts";
import { hour } from "#lib/core/Instant.ts";

/**
 * W: how long a new key must be visible before the old one goes, in milliseconds. A day, or as long as a copy of the
 * document or of the key set may live; seven days while neither says.
 */
export function overlapWindow(lives: {
  readonly documentMaxAge?: number;
  readonly keySetMaxAge?: number;
}): number {
  const { documentMaxAge, keySetMaxAge } = lives;
  if (documentMaxAge === undefined && keySetMaxAge === undefined) return defaultOverlap;
  return Math.max(24 * hour, documentMaxAge ?? 0, keySetMaxAge ?? 0);
}
