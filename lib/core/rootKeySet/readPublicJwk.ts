import type { PublicJwk } from "#lib/core/allowlist/wire.ts";
import { pointFault } from "#lib/core/keySet/pointFault.ts";
import { thumbprint } from "#lib/core/keySet/thumbprint.ts";

export type ReadJwk =
  { readonly ok: true; readonly jwk: PublicJwk } | { readonly ok: false; readonly sentence: string };

/** Reads an ES256 public key as a key set carries it: kid is its thumbprint, and nothing of it is private. */
export function readPublicJwk(value: unknown): ReadJwk {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return no("It is not a JSON Web Key.");
  const { kty, crv, x, y, kid, alg, use, ...rest } = value as Record<string, unknown>;
  if ("d" in rest)
    return no("It holds a private key (d). Only the public half belongs here: treat this key as known.");
  if (kty !== "EC" || crv !== "P-256" || typeof x !== "string" || typeof y !== "string")
    return no("It is not a P-256 key (kty EC, crv P-256, x, y).");
  if (alg !== undefined && alg !== "ES256") return no("Its alg is not ES256.");
  if (use !== undefined && use !== "sig") return no("Its use is not sig.");
  const bare = { kty, crv, x, y };
  const fault = pointFault(bare);
  if (fault) return no(`It is not a point of P-256: ${fault}`);
  const name = thumbprint(bare) ?? "";
  if (kid !== undefined && kid !== name) return no(`Its kid is not its thumbprint, ${name}.`);
  return { ok: true, jwk: { ...bare, kid: name, alg: "ES256", use: "sig" } };
}

function no(sentence: string): ReadJwk {
  return { ok: false, sentence };
}
