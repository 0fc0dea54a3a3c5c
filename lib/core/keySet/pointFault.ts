import { base64UrlToHex } from "./base64url.ts";
import { curves, okpBytes } from "./curves.ts";

/** What is wrong with the public point of an EC or OKP key, as a phrase; undefined when it is sound or not such a key. */
export function pointFault(jwk: Readonly<Record<string, unknown>>): string | undefined {
  if (jwk["kty"] === "EC") return ecFault(jwk);
  if (jwk["kty"] === "OKP") return okpFault(jwk);
  return undefined;
}

function ecFault({ crv, x, y }: Readonly<Record<string, unknown>>): string | undefined {
  const curve = typeof crv === "string" ? curves.get(crv) : undefined;
  if (curve === undefined) return undefined;
  const xHex = base64UrlToHex(x);
  const yHex = base64UrlToHex(y);
  for (const [name, hex] of [
    ["x", xHex],
    ["y", yHex],
  ] as const) {
    if (hex === undefined) return `${name} is missing or not base64url`;
    if (hex.length !== curve.bytes * 2)
      return `${name} has ${hex.length / 2} bytes instead of the ${curve.bytes} of ${String(crv)}`;
  }
  const { p, a, b } = curve;
  const px = BigInt(`0x${xHex}`);
  const py = BigInt(`0x${yHex}`);
  const on = px < p && py < p && (py * py - (px * px * px + a * px + b)) % p === 0n;
  return on ? undefined : `the point (x, y) does not lie on ${String(crv)}`;
}

function okpFault({ crv, x }: Readonly<Record<string, unknown>>): string | undefined {
  const bytes = typeof crv === "string" ? okpBytes.get(crv) : undefined;
  if (bytes === undefined) return undefined;
  const hex = base64UrlToHex(x);
  if (hex === undefined) return "x is missing or not base64url";
  return hex.length === bytes * 2
    ? undefined
    : `x has ${hex.length / 2} bytes instead of the ${bytes} of ${String(crv)}`;
}
