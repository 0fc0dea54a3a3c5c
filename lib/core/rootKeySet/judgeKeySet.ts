import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { minute, second, type Instant } from "#lib/core/Instant.ts";
import { readPublicJwk } from "./readPublicJwk.ts";

export interface KeySetChain {
  readonly iss: string;
  /** The key set before it; absent: this must be version 1. */
  readonly last?: KeySetClaims;
  readonly now: Instant;
}

/** How far clocks may differ. */
const skew = minute;

/**
 * What is wrong with a key set whose signature verified, as a consumer that walks the chain finds it (docs/allowlist.md):
 * sentences, none when it follows on the one before.
 */
export function judgeKeySet(claims: KeySetClaims, { iss, last, now }: KeySetChain): string[] {
  return [
    ...judgeNames(claims, iss),
    ...judgeTimes(claims, now),
    ...judgeSuccession(claims, last),
    ...judgeKeys(claims),
  ];
}

function judgeNames({ iss, sub }: KeySetClaims, expected: string): string[] {
  const faults = [];
  if (iss !== expected) faults.push(`It is issued for ${iss}; this is ${expected}.`);
  if (sub !== `${expected}/v1/keys`) faults.push(`Its sub is ${sub}; it must be ${expected}/v1/keys.`);
  return faults;
}

function judgeTimes({ iat, exp }: KeySetClaims, now: Instant): string[] {
  const faults = [];
  if (exp * second <= now) faults.push(`It ran out on ${new Date(exp * second).toISOString()}.`);
  if (iat * second > now + skew) faults.push("It is issued in the future: check the clocks.");
  if (exp <= iat) faults.push("It ends before it begins.");
  return faults;
}

function judgeSuccession(claims: KeySetClaims, last: KeySetClaims | undefined): string[] {
  const faults = [];
  const due = (last?.version ?? 0) + 1;
  if (claims.version !== due)
    faults.push(`It is version ${claims.version}; version ${due} is next. Propose it again.`);
  if (!last) return faults;
  const forgotten = last.revoked.filter(({ kid }) => claims.revoked.every((each) => each.kid !== kid));
  if (forgotten.length > 0)
    faults.push(`It leaves out the revocation of ${names(forgotten)}: a key stays revoked.`);
  const added = claims.revoked.filter(({ kid }) => last.revoked.every((each) => each.kid !== kid));
  if (claims.epoch < last.epoch || claims.epoch > last.epoch + 1)
    faults.push(
      `Its epoch is ${claims.epoch}; after ${last.epoch} it is the same, or ${last.epoch + 1} when keys are revoked.`,
    );
  else if (added.length > 0 && claims.epoch === last.epoch)
    faults.push(
      `It revokes ${names(added)} in the same epoch: what the key signed would go on counting. The epoch must be ${last.epoch + 1}.`,
    );
  return faults;
}

function judgeKeys({ roots, keys, revoked }: KeySetClaims): string[] {
  const faults = [];
  if (roots.length === 0)
    faults.push("It names no root: nothing could ever follow it. Add one: rollcall root propose --add-root.");
  if (keys.length === 0) faults.push("It names no signing key: every list would be refused.");
  for (const [what, list] of [
    ["root", roots],
    ["key", keys.map(({ state: _, ...jwk }) => jwk)],
  ] as const)
    for (const each of list) {
      const read = readPublicJwk(each);
      if (!read.ok) faults.push(`The ${what} ${each.kid} cannot be used. ${read.sentence}`);
    }
  const kids = [...roots, ...keys].map(({ kid }) => kid);
  const twice = kids.find((kid, at) => kids.indexOf(kid) !== at);
  if (twice) faults.push(`${twice} stands twice: roots and signing keys are all different keys.`);
  const alive = revoked.filter(({ kid }) => kids.includes(kid));
  if (alive.length > 0) faults.push(`It names ${names(alive)} although it revokes it.`);
  return faults;
}

const names = (list: readonly { kid: string }[]): string => list.map(({ kid }) => kid).join(", ");
