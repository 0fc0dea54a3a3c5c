import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import type { JWK } from "jose";
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, decodeProtectedHeader } from "jose";
import type { KeySetClaims, PublicJwk } from "#lib/core/allowlist/wire.ts";
import { keySetTyp } from "#lib/core/allowlist/wire.ts";
import { signerOf } from "./localSigner.ts";
import { newP256 } from "./newP256.ts";
import type { Random } from "./Random.ts";
import { signCompact } from "./signCompact.ts";
import type { Signer } from "./Signer.ts";

export interface NewRootKey {
  readonly publicJwk: PublicJwk;
  /** The private key under the passphrase, as compact JWE: what the file holds. */
  readonly sealed: string;
}

/** Shorter ones can be tried out, whatever scrypt costs. */
export const passphraseMinLength = 12;

const purpose = "cimd-root";
/** 128 MB and about a third of a second for each guess. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
const derive = promisify(scrypt) as (
  passphrase: string,
  salt: Uint8Array,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>;

/** Makes an ES256 root key, sealed under a passphrase: scrypt (N 2^17, r 8, p 1), then A256GCM. */
export async function createRootKey(passphrase: string, random: Random): Promise<NewRootKey> {
  if (passphrase.length < passphraseMinLength)
    throw new Error(`The passphrase is too short: use at least ${passphraseMinLength} characters.`);
  const { x, y, d } = newP256(random);
  const bare = { kty: "EC", crv: "P-256", x, y };
  const kid = await calculateJwkThumbprint(bare);
  const salt = random(16);
  const header = {
    alg: "dir",
    enc: "A256GCM",
    cty: "jwk+json",
    kid,
    purpose,
    kdf: "scrypt",
    ...cost,
    salt: Buffer.from(salt).toString("base64url"),
  };
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ ...bare, d })))
    .setProtectedHeader(header)
    .setInitializationVector(random(12))
    .encrypt(await keyOf(passphrase, salt));
  return { publicJwk: { ...bare, kid, alg: "ES256", use: "sig" }, sealed };
}

/** Opens a root key's file as a signer. Throws an Error that says why not: another passphrase, another kind of file. */
export async function openRootKey(sealed: string, passphrase: string): Promise<Signer> {
  const { kid, salt } = readHeader(sealed.trim());
  const key = await keyOf(passphrase, salt);
  let jwk: JWK;
  try {
    const { plaintext } = await compactDecrypt(sealed.trim(), key, {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    jwk = JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
  } catch (cause) {
    throw new Error("The root key cannot be opened: the passphrase is another one, or the file is damaged.", {
      cause,
    });
  }
  if ((await calculateJwkThumbprint(jwk)) !== kid)
    throw new Error("The file holds another key than it says.");
  return signerOf(jwk, kid);
}

/** Signs a key set with a root key and verifies it, as `signCompact` does. */
export function signKeySet(root: Signer, claims: KeySetClaims): Promise<string> {
  return signCompact(root, claims, keySetTyp);
}

function readHeader(sealed: string): { kid: string; salt: Uint8Array } {
  let header: Record<string, unknown>;
  try {
    header = decodeProtectedHeader(sealed);
  } catch {
    throw new Error("This is not a root key file (rollcall root init makes one).");
  }
  const { kid, salt, kdf, N, r, p } = header;
  if (header["purpose"] !== purpose || typeof kid !== "string" || typeof salt !== "string")
    throw new Error("This is not a root key file (rollcall root init makes one).");
  // A file may not choose cheaper guesses, nor more memory than there is.
  if (kdf !== "scrypt" || N !== cost.N || r !== cost.r || p !== cost.p)
    throw new Error("The root key file asks for another key derivation than rollcall root init uses.");
  return { kid, salt: new Uint8Array(Buffer.from(salt, "base64url")) };
}

async function keyOf(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  const text = passphrase.normalize("NFKC");
  return new Uint8Array(await derive(text, salt, 32, { ...cost, maxmem: 256 * 1024 * 1024 }));
}
