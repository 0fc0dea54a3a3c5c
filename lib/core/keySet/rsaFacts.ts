import { base64UrlToHex } from "./base64url.ts";

export interface RsaFacts {
  /** Length of the modulus in bits. */
  readonly bits: number;
  readonly modulus: bigint;
  readonly exponent: bigint;
}

// Several checks ask about the same key.
const known = new WeakMap<object, RsaFacts | undefined>();

/** The numbers of an RSA public key; undefined when it is not one or its members cannot be read. */
export function rsaFacts(jwk: Readonly<Record<string, unknown>>): RsaFacts | undefined {
  if (!known.has(jwk)) known.set(jwk, readRsa(jwk));
  return known.get(jwk);
}

function readRsa(jwk: Readonly<Record<string, unknown>>): RsaFacts | undefined {
  if (jwk["kty"] !== "RSA") return undefined;
  const n = base64UrlToHex(jwk["n"])?.replace(/^0+/, "");
  const e = base64UrlToHex(jwk["e"]);
  if (!n || e === undefined || e === "") return undefined;
  const bits = (n.length - 1) * 4 + Number.parseInt(n[0] ?? "0", 16).toString(2).length;
  // A hostile modulus is measured by its length alone.
  return { bits, modulus: bits > 16_384 ? 0n : BigInt(`0x${n}`), exponent: BigInt(`0x${e}`) };
}
