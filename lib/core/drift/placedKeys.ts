import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { ParsedKey, ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";

/** A key and the pointer to its place. */
export interface PlacedKey extends ParsedKey {
  readonly path: string;
}

/**
 * Every key of a document and of its fetched key set: where a document has both, servers differ about which they read.
 * Undefined when the document points at a key set that was not given.
 */
export function placedKeys(
  { members, effective }: ParsedDocument,
  fetched: ParsedKeySet | undefined,
): readonly PlacedKey[] | undefined {
  const jwks = members?.["jwks"];
  const inline = jwks === undefined || jwks === null ? undefined : parseKeySet(jwks, "inline");
  if (fetched === undefined && inline === undefined && effective?.jwks_uri !== undefined) return undefined;
  if (fetched !== undefined && fetched.keys === undefined) return undefined;
  if (fetched === undefined && inline !== undefined && inline.keys === undefined) return undefined;
  const isInline = fetched?.source === "inline";
  return [
    ...(inline?.keys ?? []).map((key) => ({ ...key, path: `/jwks/keys/${key.index}` })),
    ...(isInline ? [] : (fetched?.keys ?? [])).map((key) => ({ ...key, path: `jwks#/keys/${key.index}` })),
  ];
}

const encryption = /^(?:RSA1_5|RSA-OAEP|ECDH-ES|A\d+|dir|PBES2)/;

/** Whether a server can verify a client's signature with it (RFC 7517 §4.2, §5). */
export function canSign({ jkt, use, alg, publicJwk }: ParsedKey): boolean {
  if (jkt === undefined || (use !== undefined && use !== "sig")) return false;
  if (alg !== undefined && encryption.test(alg)) return false;
  const operations = publicJwk["key_ops"];
  return !Array.isArray(operations) || operations.includes("verify") || operations.includes("sign");
}
