import { sha256Base64Url } from "#lib/core/sha256.ts";

/** Members that make the identity of a key, in lexicographic order: RFC 7638 §3.2, RFC 8037 §2, and `AKP` of RFC 9864's family. */
const identity: Readonly<Record<string, readonly string[]>> = {
  EC: ["crv", "kty", "x", "y"],
  OKP: ["crv", "kty", "x"],
  RSA: ["e", "kty", "n"],
  AKP: ["alg", "kty", "pub"],
};

/**
 * RFC 7638 SHA-256 thumbprint, unpadded base64url; undefined when a member it needs is missing.
 * Symmetric keys have none here: it would be a hash of the secret.
 */
export function thumbprint(jwk: Readonly<Record<string, unknown>>): string | undefined {
  const names =
    typeof jwk["kty"] === "string" && Object.hasOwn(identity, jwk["kty"]) ? identity[jwk["kty"]] : undefined;
  if (names === undefined || names.some((name) => typeof jwk[name] !== "string" || jwk[name] === ""))
    return undefined;
  return sha256Base64Url(JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]]))));
}
