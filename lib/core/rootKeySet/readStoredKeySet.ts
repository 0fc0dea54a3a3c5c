import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";
import { base64UrlToHex } from "#lib/core/keySet/base64url.ts";

/** The claims of a key set that was verified before it was stored. */
export function readStoredKeySet(jws: string): KeySetClaims {
  const hex = base64UrlToHex(jws.split(".")[1]) ?? "";
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
  return JSON.parse(new TextDecoder().decode(bytes)) as KeySetClaims;
}
