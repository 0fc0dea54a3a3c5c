import type { Instant } from "#lib/core/Instant.ts";
import { day, second } from "#lib/core/Instant.ts";
import { maxDenies } from "./composeHead.ts";
import { byteLength } from "./trieNode.ts";
import type { HeadDeny } from "./wire.ts";

export interface DenyCandidate {
  readonly deny: HeadDeny;
  /** Seconds: `exp` of the last head that still approved it; absent when none ever did. */
  readonly approvedUntil?: number;
}

export const keepDenyFor = 7 * day;
const keepFor = keepDenyFor / second;

/** A deny stays in the head for seven days, and as long as any head that approved it could still be in use. */
export function mustKeepDeny(candidate: DenyCandidate, now: Instant): boolean {
  const until = Math.max(candidate.deny.at + keepFor, candidate.approvedUntil ?? 0);
  return now / second <= until;
}

/** Room for denies in a head of 64 KiB, which is base64url: long client_ids must not make it impossible to sign. */
const maxDenyBytes = 44 * 1024;

/** Of a reason, as JSON: people write as much as they like, and a hundred hosts must fit all the same. */
const maxReasonBytes = 100;

/**
 * The denies of the next head: `standing` first, which nothing else says, then those that must stay, newest first. What does not fit the 200, or the head's size, is
 * counted in `overflow`: it still leaves the trie, only later than an inline deny would; the caller warns.
 */
export function keepDenies(
  candidates: readonly DenyCandidate[],
  now: Instant,
  standing: readonly HeadDeny[] = [],
): { deny: HeadDeny[]; overflow: number } {
  const newestFirst = (denies: HeadDeny[]) =>
    denies.sort((a, b) => b.at - a.at || compareText(selector(a), selector(b)));
  const kept = [
    ...newestFirst(standing.map((deny) => ({ ...deny, reason: shortened(deny.reason) }))),
    ...newestFirst(candidates.filter((each) => mustKeepDeny(each, now)).map((each) => each.deny)),
  ];
  let room = maxDenyBytes;
  const fits = kept.findIndex(
    (deny, index) => index >= maxDenies || (room -= byteLength(JSON.stringify(deny)) + 1) < 0,
  );
  const deny = fits < 0 ? kept : kept.slice(0, fits);
  return { deny, overflow: kept.length - deny.length };
}

function shortened(reason: string): string {
  const bytes = (text: string) => byteLength(JSON.stringify(text));
  if (bytes(reason) <= maxReasonBytes) return reason;
  let left = "";
  for (const character of reason) {
    if (bytes(`${left}${character}…`) > maxReasonBytes) break;
    left += character;
  }
  return `${left}…`;
}

function selector(deny: HeadDeny): string {
  return deny.client_id ?? deny.host ?? deny.jkt ?? "";
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
