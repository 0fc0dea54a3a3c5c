import { createECDH, type KeyObject, randomBytes } from "node:crypto";

const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * ECDSA over a digest, as a key service signs it: Node signs texts only. For tests: BigInt takes longer for some numbers
 * than for others.
 */
export function signDigest(digest: Uint8Array, key: KeyObject): { r: bigint; s: bigint } {
  const d = fromBytes(Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url"));
  for (;;) {
    const nonce = createECDH("prime256v1");
    const k = randomBytes(32);
    if (fromBytes(k) % n === 0n || fromBytes(k) >= n) continue;
    nonce.setPrivateKey(k);
    const r = fromBytes(nonce.getPublicKey().subarray(1, 33)) % n;
    const s = (inverse(fromBytes(k)) * (fromBytes(digest) + r * d)) % n;
    if (r !== 0n && s !== 0n) return { r, s };
  }
}

/** `SEQUENCE { r INTEGER, s INTEGER }`. */
export function derOf({ r, s }: { r: bigint; s: bigint }): Buffer {
  const integer = (value: bigint) => {
    const hex = value.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    const body = Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, "hex");
    return Buffer.concat([Buffer.from([2, body.length]), body]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** r||s of 64 bytes. */
export function rawOf({ r, s }: { r: bigint; s: bigint }): Buffer {
  return Buffer.from(r.toString(16).padStart(64, "0") + s.toString(16).padStart(64, "0"), "hex");
}

function fromBytes(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
}

/** By Fermat: n is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = value % n;
  for (let rest = n - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * base) % n;
    base = (base * base) % n;
  }
  return result;
}
