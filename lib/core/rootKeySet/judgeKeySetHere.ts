import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { inKeySet } from "#lib/core/keyLife.ts";
import type { KnownKey } from "./KnownKey.ts";
import { successorOf } from "./successorOf.ts";

/**
 * What is wrong with a key set for this installation: sentences. Every key it names is one of ours, and the one that
 * signs afterwards is among them.
 */
export function judgeKeySetHere(claims: KeySetClaims, keys: readonly KnownKey[]): string[] {
  const faults = [];
  const known = new Map(keys.map((key) => [key.kid, key]));
  for (const { kid } of claims.keys) {
    const key = known.get(kid);
    if (!key)
      faults.push(
        `It names the key ${kid}, which is not known here: whoever holds it could sign lists. An external signer's key is adopted first (rollcall keys adopt).`,
      );
    else if (!inKeySet(key.state)) faults.push(`It names ${kid}, which is ${key.state}. Propose it again.`);
  }
  const revoked = claims.revoked.map(({ kid }) => kid);
  const silent = keys.filter(({ state, kid }) => state === "revoked" && !revoked.includes(kid));
  if (silent.length > 0)
    faults.push(
      `It does not revoke ${silent.map(({ kid }) => kid).join(", ")}, which is revoked here. Propose it again.`,
    );
  const signs = successorOf(keys, revoked);
  if (!signs)
    faults.push(
      keys.length === 0
        ? "There is no signing key yet: the worker makes the first one as it starts."
        : "No key would be left to sign. Revoke the key first (rollcall keys revoke): another one then signs at once. Then propose again.",
    );
  else if (!claims.keys.some(({ kid }) => kid === signs.kid))
    faults.push(
      `It does not name ${signs.kid}, the key that signs: servers that follow the root would refuse every list.`,
    );
  return faults;
}
