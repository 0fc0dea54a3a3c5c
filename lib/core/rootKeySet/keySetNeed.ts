import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { day, second, type Instant } from "#lib/core/Instant.ts";
import { inKeySet } from "#lib/core/keyLife.ts";
import type { KnownKey } from "./KnownKey.ts";

/** How long before its end a key set is to be signed anew. */
export const renewBefore = 30 * day;

export interface KeySetNeed {
  /** Why the next key set must be signed; none: the newest says what is. */
  readonly reasons: readonly string[];
  /** Servers that follow the root are wrong about a key now, or will refuse everything. */
  readonly urgent: boolean;
}

/** Whether a root must sign the next key set, and why. */
export function keySetNeed(newest: KeySetClaims, keys: readonly KnownKey[], now: Instant): KeySetNeed {
  const reasons: string[] = [];
  const named = new Set(newest.keys.map(({ kid }) => kid));
  const revoked = keys.filter(
    ({ kid, state }) => state === "revoked" && newest.revoked.every((each) => each.kid !== kid),
  );
  for (const { kid } of revoked)
    reasons.push(
      named.has(kid)
        ? `It still names ${kid}, which is revoked: servers that follow the root go on accepting it.`
        : `It does not say that ${kid} is revoked.`,
    );
  const signs = keys.find(({ state }) => state === "active");
  for (const { kid, state } of keys)
    if (inKeySet(state) && state !== "retiring" && !named.has(kid))
      reasons.push(
        state === "active"
          ? `It does not name ${kid}, the key that signs: servers that follow the root refuse its lists.`
          : `It does not name ${kid}, the next key, which cannot sign before.`,
      );
  const end = newest.exp * second;
  if (now >= end) reasons.push("It has run out: servers that follow the root refuse every list.");
  else if (now >= end - renewBefore)
    reasons.push(`It runs out on ${new Date(end).toISOString().slice(0, 10)}.`);
  const refused = signs !== undefined && !named.has(signs.kid);
  return { reasons, urgent: now >= end || refused || revoked.some(({ kid }) => named.has(kid)) };
}
