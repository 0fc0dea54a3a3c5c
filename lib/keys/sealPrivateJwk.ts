import type { JWK } from "jose";
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt } from "jose";
import type { Kek } from "./loadKek.ts";
import type { Random } from "./Random.ts";

export const headSigning = "cimd-head-signing";

/**
 * Encrypts a private JWK under the key-encryption key: compact JWE, dir/A256GCM, with the id of the KEK and
 * the purpose in the protected header. `random` gives the 96-bit nonce.
 */
export async function sealPrivateJwk(
  kek: Kek,
  privateJwk: JWK,
  random: Random,
  purpose: string = headSigning,
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateJwk)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", cty: "jwk+json", kid: kek.id, purpose })
    .setInitializationVector(random(12))
    .encrypt(kek.key);
}

/**
 * Opens a sealed private JWK. Throws when the KEK is another one, when the purpose differs, or when the key
 * inside is not the one the row names (its thumbprint must equal `kid`, which stops swapped rows).
 */
export async function openPrivateJwk(
  kek: Kek,
  sealed: string,
  kid: string,
  purpose: string = headSigning,
): Promise<JWK> {
  const { plaintext, protectedHeader } = await decrypt(kek, sealed);
  if (protectedHeader.purpose !== purpose)
    throw new Error(`The sealed key ${kid} is for another purpose: ${String(protectedHeader.purpose)}.`);
  const jwk = JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
  if ((await calculateJwkThumbprint(jwk)) !== kid)
    throw new Error(`The sealed key is not ${kid}: the row holds another key.`);
  return jwk;
}

/** Wraps a sealed key again under a new KEK: the rotation of the key-encryption key. */
export async function resealPrivateJwk(
  from: Kek,
  to: Kek,
  sealed: string,
  kid: string,
  random: Random,
  purpose: string = headSigning,
): Promise<string> {
  return sealPrivateJwk(to, await openPrivateJwk(from, sealed, kid, purpose), random, purpose);
}

async function decrypt(kek: Kek, sealed: string) {
  try {
    return await compactDecrypt(sealed, kek.key, {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
  } catch (cause) {
    throw new Error(`The signing key cannot be opened with the key-encryption key ${kek.id}.`, { cause });
  }
}
