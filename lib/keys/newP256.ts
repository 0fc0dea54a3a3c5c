import { createECDH } from "node:crypto";
import type { Random } from "./Random.ts";

/** A new P-256 key pair as members of a JWK. */
export function newP256(random: Random): { x: string; y: string; d: string } {
  const ecdh = createECDH("prime256v1");
  // A scalar outside 1 … n−1 is refused by setPrivateKey; the odds are 2^-32, so a few attempts suffice.
  for (let attempt = 0; attempt < 8; attempt++) {
    const d = Buffer.from(random(32));
    try {
      ecdh.setPrivateKey(d);
    } catch {
      continue;
    }
    const point = ecdh.getPublicKey();
    const part = (from: number) => point.subarray(from, from + 32).toString("base64url");
    return { x: part(1), y: part(33), d: d.toString("base64url") };
  }
  throw new Error("The random source gave no usable private key.");
}
