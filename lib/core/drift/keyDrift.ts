import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { day } from "#lib/core/Instant.ts";
import type { DriftFacts } from "./DriftFacts.ts";
import { keyStrength } from "./keyStrength.ts";
import { canSign, type PlacedKey } from "./placedKeys.ts";

/** Overlap that is safe for every cache seen so far, in milliseconds. */
export const defaultOverlap = 7 * day;

export interface KeyPair {
  readonly before: PlacedKey;
  readonly after: PlacedKey;
}

/**
 * The difference of two key sets by RFC 7638 thumbprint. Signature keys are sorted so that one rule speaks for each:
 * `replaced`, `returned`, `weaker`, `added` and `retired`, `early` do not overlap, and are empty in a hard cutover.
 */
export interface KeyDrift {
  readonly before: readonly PlacedKey[];
  readonly after: readonly PlacedKey[];
  /** Signature keys on each side. */
  readonly signedBefore: readonly PlacedKey[];
  readonly signsAfter: readonly PlacedKey[];
  /** Other keys that answer to a name that was taken. */
  readonly replaced: readonly KeyPair[];
  /** Removed earlier and back again. */
  readonly returned: readonly PlacedKey[];
  /** New, and weaker than every key there was. */
  readonly weaker: readonly PlacedKey[];
  readonly added: readonly PlacedKey[];
  /** Removed after a successor had been visible long enough, as far as is known. */
  readonly retired: readonly PlacedKey[];
  /** Removed too early, with the longest time a successor was visible, in milliseconds. */
  readonly early: readonly { readonly key: PlacedKey; readonly visible: number }[];
  /** No signature key stayed and none overlapped. */
  readonly cutover?: { readonly lost: readonly PlacedKey[]; readonly gained: readonly PlacedKey[] };
  /** There were signature keys and none is left. */
  readonly emptied: boolean;
  /** The same key on both sides. */
  readonly kept: readonly KeyPair[];
}

export function keyDrift(
  before: readonly PlacedKey[],
  after: readonly PlacedKey[],
  facts: DriftFacts,
): KeyDrift {
  const signedBefore = distinct(before.filter(canSign));
  const signsAfter = distinct(after.filter(canSign));
  // One key may be published twice, once for signing.
  const kept = distinct([...signsAfter, ...after]).flatMap((key) => {
    const known = before.filter(({ jkt }) => jkt === key.jkt);
    const named = known.some(canSign) ? known.filter(canSign) : known;
    const same = named.find(({ kid }) => kid === key.kid) ?? named[0];
    return same === undefined ? [] : [{ before: same, after: key }];
  });
  const had = new Set(before.map(({ jkt }) => jkt));
  const has = new Set(after.map(({ jkt }) => jkt));
  const isNew = signsAfter.filter(({ jkt }) => !had.has(jkt));
  const isGone = signedBefore.filter(({ jkt }) => !has.has(jkt));

  const replaced = replacements(before, after);
  const replacing = new Set(replaced.map((pair) => pair.after.jkt));
  const replacedKeys = new Set(replaced.map((pair) => pair.before.jkt));
  const gone = isGone.filter(({ jkt }) => !replacedKeys.has(jkt));
  const fates = gone.map((key) => ({ key, visible: visibleSuccessor(key, signsAfter, facts) }));
  const nothingStayed =
    signsAfter.length > 0 && signedBefore.length > 0 && !overlaps(signedBefore, signsAfter);
  const unseen = fates.filter(({ visible }) => visible === undefined || visible <= 0);
  const isCutover = nothingStayed && gone.length > 0 && unseen.length === gone.length;
  const plain = isNew.filter(({ jkt, privateMembers }) => !replacing.has(jkt) && privateMembers.length === 0);
  const earlier = new Set(facts.earlierThumbprints);
  const returned = plain.filter(({ jkt = "" }) => earlier.has(jkt));
  const least = Math.min(...signedBefore.map((key) => keyStrength(key) ?? Infinity));
  const weaker = plain.filter(
    (key) => !returned.includes(key) && Number.isFinite(least) && (keyStrength(key) ?? least) < least,
  );
  const emptied = signedBefore.length > 0 && signsAfter.length === 0;
  const overlap = facts.overlap ?? defaultOverlap;
  const isEarly = (visible: number | undefined) =>
    visible === undefined ? nothingStayed : visible < overlap;
  const speaks = !isCutover && !emptied;
  return {
    before,
    after,
    signedBefore,
    signsAfter,
    replaced,
    returned,
    weaker,
    added: isCutover ? [] : plain.filter((key) => !returned.includes(key) && !weaker.includes(key)),
    retired: speaks ? fates.filter(({ visible }) => !isEarly(visible)).map(({ key }) => key) : [],
    early: speaks
      ? fates
          .filter(({ visible }) => isEarly(visible))
          .map(({ key, visible }) => ({ key, visible: Math.max(0, visible ?? 0) }))
      : [],
    cutover: isCutover ? { lost: isGone, gained: isNew } : undefined,
    emptied,
    kept,
  };
}

/** Name of a key for people: its kid, and the beginning of its thumbprint. */
export function keyLabel({ kid, jkt }: ParsedKey): string {
  return [kid, jkt].filter(Boolean).join(" / ") || "a key without a thumbprint";
}

export function thumbprints(keys: readonly ParsedKey[]): string[] {
  return keys.flatMap(({ jkt }) => jkt ?? []);
}

function replacements(before: readonly PlacedKey[], after: readonly PlacedKey[]): KeyPair[] {
  return distinct(after).flatMap((key) => {
    if (!key.kid) return [];
    const named = before.filter(({ kid, jkt }) => kid === key.kid && jkt !== undefined);
    const [old] = named;
    return old === undefined || named.some(({ jkt }) => jkt === key.jkt) ? [] : [{ before: old, after: key }];
  });
}

/** How long a successor was visible while the key was still there; undefined when it is not known. */
function visibleSuccessor(
  { jkt }: PlacedKey,
  successors: readonly PlacedKey[],
  { timeline = [] }: DriftFacts,
): number | undefined {
  const lastSeen = timeline.find((seen) => seen.jkt === jkt)?.lastSeen;
  if (lastSeen === undefined) return undefined;
  const firstSeen = successors.flatMap(
    (key) => timeline.find((seen) => seen.jkt === key.jkt)?.firstSeen ?? [],
  );
  return firstSeen.length === 0 ? undefined : lastSeen - Math.min(...firstSeen);
}

function overlaps(a: readonly PlacedKey[], b: readonly PlacedKey[]): boolean {
  return a.some(({ jkt }) => b.some((key) => key.jkt === jkt));
}

function distinct(keys: readonly PlacedKey[]): PlacedKey[] {
  const seen = new Map<string, PlacedKey>();
  for (const key of keys) if (key.jkt !== undefined && !seen.has(key.jkt)) seen.set(key.jkt, key);
  return [...seen.values()];
}
