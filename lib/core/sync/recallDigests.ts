import { day, type Instant } from "#lib/core/Instant.ts";
import type { RecentDigest } from "./RecentDigest.ts";

const most = 8;
/** This many returns within a day make a document that cannot make up its mind. */
export const alternationsToFreeze = 3;

/**
 * Remembers which document was just seen: those of the last day, newest last, at most eight, and one that is seen
 * twice in a row once. `live` begins the row when nothing was remembered yet.
 */
export function recallDigest(
  recent: readonly RecentDigest[] | null,
  live: string | undefined,
  digest: string,
  now: Instant,
): readonly RecentDigest[] {
  const kept = withinADay(recent, now);
  const known = kept.length > 0 || live === undefined ? kept : [{ digest: live, at: now }];
  return known.at(-1)?.digest === digest ? known : [...known, { digest, at: now }].slice(-most);
}

/** How often within a day a document came back that another one had replaced. */
export function alternations(recent: readonly RecentDigest[] | null, now: Instant): number {
  const kept = withinADay(recent, now);
  return kept.filter(({ digest }, index) => kept.findIndex((each) => each.digest === digest) < index).length;
}

/** Whether a document changes to and fro so often that what is live stays as it is. */
export function isFlapping(recent: readonly RecentDigest[] | null, now: Instant): boolean {
  return alternations(recent, now) >= alternationsToFreeze;
}

function withinADay(recent: readonly RecentDigest[] | null, now: Instant): readonly RecentDigest[] {
  return (recent ?? []).filter(({ at }) => now - at <= day);
}
