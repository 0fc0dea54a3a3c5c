import { createECDH, createHash } from "node:crypto";

/** An EC P-256 key that is the same in every run, as a JWK pair. For the sandbox only: anyone can compute it. */
export interface InventedKey {
  readonly publicJwk: Readonly<Record<string, string>>;
  readonly privateJwk: Readonly<Record<string, string>>;
  /** RFC 7638 SHA-256 thumbprint. */
  readonly jkt: string;
}

export function inventedKey(seed: string): InventedKey {
  const secret = createHash("sha256").update(`rollcall sandbox key ${seed}`).digest();
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString("base64url");
  const y = point.subarray(33).toString("base64url");
  const jkt = createHash("sha256")
    .update(JSON.stringify({ crv: "P-256", kty: "EC", x, y }))
    .digest("base64url");
  const publicJwk = { kty: "EC", crv: "P-256", x, y, kid: seed, alg: "ES256", use: "sig" };
  return { publicJwk, privateJwk: { ...publicJwk, d: secret.toString("base64url") }, jkt };
}
