import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { rsaFacts } from "#lib/core/keySet/rsaFacts.ts";

/** What sort of key it is, for people: "EC P-256", "RSA 2048", "OKP Ed25519". */
export function kindOfKey({ kty, crv, publicJwk }: ParsedKey): string {
  const size = kty === "RSA" ? rsaFacts(publicJwk)?.bits : crv;
  return visibleText([kty ?? "unknown", size].filter(Boolean).join(" "), 40);
}
