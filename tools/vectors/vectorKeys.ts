import { createECDH, createHash } from "node:crypto";
import { CompactSign, calculateJwkThumbprint, importJWK, type CryptoKey, type JWK } from "jose";

export interface VectorKey {
  readonly kid: string;
  readonly publicJwk: JWK & { kid: string };
  readonly privateKey: CryptoKey;
}

/** A P-256 key made of a name, so that the vectors keep their kids when they are made again. It protects nothing. */
export async function vectorKey(name: string): Promise<VectorKey> {
  const ecdh = createECDH("prime256v1");
  const secret = createHash("sha256").update(`rollcall vectors: ${name}`).digest();
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const part = (from: number) => point.subarray(from, from + 32).toString("base64url");
  const bare = { kty: "EC", crv: "P-256", x: part(1), y: part(33) };
  const kid = await calculateJwkThumbprint(bare);
  const privateKey = await importJWK({ ...bare, d: secret.toString("base64url") }, "ES256");
  return {
    kid,
    publicJwk: { ...bare, kid, alg: "ES256", use: "sig" },
    privateKey: privateKey as CryptoKey,
  };
}

/** base64url of bytes, of a text as it is, or of any other value's JSON. */
export function encode(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64url");
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

/** Signs any header over any payload: also what no library would let through. */
export async function signRaw(key: VectorKey, header: object | string, payload: unknown): Promise<string> {
  return signInput(key, `${encode(header)}.${encode(payload)}`);
}

/** Signs what stands before the second dot. */
export async function signInput(key: VectorKey, input: string): Promise<string> {
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

/** Signs as jose does. */
export async function signClaims(key: VectorKey, typ: string, claims: object): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "ES256", kid: key.kid, typ })
    .sign(key.privateKey);
}
