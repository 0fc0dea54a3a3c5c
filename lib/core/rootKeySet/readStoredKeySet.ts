import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { base64UrlToHex } from "#lib/core/keySet/base64url.ts";

/** The claims of a key set that was verified before it was stored. */
export function readStoredKeySet(jws: string): KeySetClaims {
  return readPart(jws, 1) as KeySetClaims;
}

/** The thumbprint of the root that signed a stored key set: of the first one, what servers pin. */
export function rootOfStoredKeySet(jws: string): string {
  return (readPart(jws, 0) as { kid: string }).kid;
}

function readPart(jws: string, at: 0 | 1): unknown {
  const hex = base64UrlToHex(jws.split(".")[at]) ?? "";
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
  return JSON.parse(new TextDecoder().decode(bytes));
}
