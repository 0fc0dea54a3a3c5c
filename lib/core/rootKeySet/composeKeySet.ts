import type { KeySetClaims, PublicJwk } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { inKeySet } from "#lib/core/keyLife.ts";
import { judgeKeySet } from "./judgeKeySet.ts";
import { judgeKeySetHere } from "./judgeKeySetHere.ts";
import type { KnownKey } from "./KnownKey.ts";
import { readPublicJwk } from "./readPublicJwk.ts";
import { successorOf } from "./successorOf.ts";

export interface KeySetInput {
  readonly iss: string;
  readonly now: Instant;
  /** Milliseconds from now to `exp`. */
  readonly lifetime: number;
  /** The newest key set; absent: this is the first. */
  readonly last?: KeySetClaims;
  /** The highest epoch of any list. */
  readonly epoch: number;
  readonly keys: readonly KnownKey[];
  readonly revoke?: readonly { readonly kid: string; readonly reason: string }[];
  readonly newEpoch?: boolean;
  /** JSON Web Keys. */
  readonly addRoots?: readonly unknown[];
  /** Thumbprints. */
  readonly removeRoots?: readonly string[];
}

export type Composed =
  | { readonly ok: true; readonly claims: KeySetClaims }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * The claims of the next key set, for a root to sign: the keys as they are, what was revoked, and the roots of the one
 * before with those added and removed. A new revocation raises the epoch. What would be refused later is refused now.
 */
export function composeKeySet(input: KeySetInput): Composed {
  const { iss, now, last, keys } = input;
  const faults: string[] = [];
  const revoked = revocations(input, faults);
  const claims: KeySetClaims = {
    iss,
    sub: `${iss}/v1/keys`,
    iat: Math.floor(now / second),
    exp: Math.floor((now + input.lifetime) / second),
    version: (last?.version ?? 0) + 1,
    epoch: epochOf(input, revoked.length),
    roots: rootsOf(input, faults),
    keys: keysOf(
      keys,
      revoked.map(({ kid }) => kid),
    ),
    revoked,
  };
  faults.push(...judgeKeySet(claims, { iss, last, now }), ...judgeKeySetHere(claims, keys));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, claims };
}

function revocations(
  { last, keys, revoke = [], now }: KeySetInput,
  faults: string[],
): KeySetClaims["revoked"] {
  const revoked = [...(last?.revoked ?? [])];
  const take = (kid: string, at: Instant, reason: string) => {
    if (revoked.every((each) => each.kid !== kid)) revoked.push({ kid, at: Math.floor(at / second), reason });
  };
  for (const { kid, state, revokedAt, revokedReason } of keys)
    if (state === "revoked") take(kid, revokedAt ?? now, revokedReason ?? "");
  for (const { kid, reason } of revoke)
    if ([...keys, ...(last?.keys ?? [])].some((key) => key.kid === kid)) take(kid, now, reason);
    else faults.push(`There is no signing key ${kid}.`);
  return revoked;
}

function epochOf({ last, epoch, newEpoch = false }: KeySetInput, revoked: number): number {
  const base = Math.max(last?.epoch ?? 1, epoch);
  // Before the first key set nobody follows a root: a revocation raised the epoch itself.
  const grew = last !== undefined && revoked > last.revoked.length;
  return base + (newEpoch || (grew && base === last.epoch) ? 1 : 0);
}

function rootsOf({ last, addRoots = [], removeRoots = [] }: KeySetInput, faults: string[]): PublicJwk[] {
  const roots = [...(last?.roots ?? [])];
  for (const value of addRoots) {
    const read = readPublicJwk(value);
    if (!read.ok) faults.push(`The root cannot be added. ${read.sentence}`);
    else if (roots.every(({ kid }) => kid !== read.jwk.kid)) roots.push(read.jwk);
  }
  for (const kid of removeRoots)
    if (roots.every((root) => root.kid !== kid)) faults.push(`There is no root ${kid}.`);
  return roots.filter(({ kid }) => !removeRoots.includes(kid));
}

function keysOf(keys: readonly KnownKey[], revoked: readonly string[]): KeySetClaims["keys"] {
  const signs = successorOf(keys, revoked)?.kid;
  return keys.flatMap(({ kid, state, publicJwk }) => {
    const read = readPublicJwk(publicJwk);
    if (!read.ok || !inKeySet(state) || revoked.includes(kid)) return [];
    const shown = kid === signs ? "active" : (state as "next" | "active" | "retiring");
    return [{ ...read.jwk, state: shown }];
  });
}
