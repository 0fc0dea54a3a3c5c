import { KeySetRefused } from "./KeySetRefused.ts";
import { parseJsonObject } from "./parseJsonObject.ts";
import type { KeySetClaims } from "./wire.ts";

const mostKeys = 100;
const mostRevoked = 1000;

/**
 * Reads the payload of a key set (docs/allowlist.md §7). Unknown claims and members are ignored; what is of another
 * type is refused: a revocation that cannot be read must not be passed over.
 */
export function parseKeySetClaims(payload: Uint8Array): KeySetClaims {
  const claims = parseJsonObject(payload);
  if (!claims) throw new KeySetRefused("malformed", "The payload of the key set is not a JSON object.");
  for (const name of ["iss", "sub"]) if (typeof claims[name] !== "string") malformed(name);
  for (const name of ["iat", "exp"]) if (!Number.isSafeInteger(claims[name])) malformed(name);
  for (const name of ["version", "epoch"])
    if (!Number.isSafeInteger(claims[name]) || (claims[name] as number) < 1) malformed(name);
  const { roots, keys, revoked } = claims;
  if (!isListOf(roots, mostKeys, hasKid) || roots.length === 0) malformed("roots");
  if (!isListOf(keys, mostKeys, hasKid)) malformed("keys");
  if (!isListOf(revoked, mostRevoked, hasKid)) malformed("revoked");
  return claims as unknown as KeySetClaims;
}

function isListOf(value: unknown, most: number, fits: (each: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.length <= most && value.every(fits);
}

function hasKid(value: unknown): boolean {
  return isRecord(value) && typeof value.kid === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(name: string): never {
  throw new KeySetRefused("malformed", `The claim ${name} of the key set is missing or of the wrong form.`);
}
