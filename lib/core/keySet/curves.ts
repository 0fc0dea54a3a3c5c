/** A curve y² = x³ + ax + b over the integers modulo p. */
export interface Curve {
  readonly bytes: number;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

const p256 = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const p384 =
  0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn;
const p521 = 2n ** 521n - 1n;

/** Weierstrass curves of JOSE by `crv` (RFC 7518 §6.2.1.1, RFC 8812 §3.1; constants of NIST SP 800-186 and SEC 2). */
export const curves: ReadonlyMap<string, Curve> = new Map([
  [
    "P-256",
    {
      bytes: 32,
      p: p256,
      a: p256 - 3n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    },
  ],
  [
    "P-384",
    {
      bytes: 48,
      p: p384,
      a: p384 - 3n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    },
  ],
  [
    "P-521",
    {
      bytes: 66,
      p: p521,
      a: p521 - 3n,
      b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    },
  ],
  [
    "secp256k1",
    { bytes: 32, p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn, a: 0n, b: 7n },
  ],
]);

/** Length of the public key of Edwards and Montgomery curves in bytes, by `crv` (RFC 8037 §2). */
export const okpBytes: ReadonlyMap<string, number> = new Map([
  ["Ed25519", 32],
  ["X25519", 32],
  ["Ed448", 57],
  ["X448", 56],
]);
