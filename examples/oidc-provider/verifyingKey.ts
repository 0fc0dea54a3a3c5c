import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";

/** RFC 7638 thumbprint of the key of `keys` that verifies `assertion`; null when none does. */
export async function verifyingKey(keys: Iterable<JWK>, assertion: string): Promise<string | null> {
  const { alg, kid } = decodeProtectedHeader(assertion);
  for (const key of keys) {
    if (kid !== undefined && key.kid !== kid) continue;
    const verified = await importJWK(key, alg)
      .then((imported) => compactVerify(assertion, imported))
      .catch(() => undefined);
    if (verified) return calculateJwkThumbprint(key);
  }
  return null;
}
