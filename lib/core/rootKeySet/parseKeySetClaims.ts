import { z } from "zod";
import type { KeySetClaims } from "#lib/core/allowlist/wire.ts";

/** A key set has a handful of keys: what is larger is none. */
export const keySetMaxBytes = 64 * 1024;

const moment = z.number().int().nonnegative().max(253_402_300_799);
const counter = z.number().int().positive().max(2_147_483_647);
const kid = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be a thumbprint");
const jwk = z.object({
  kty: z.string(),
  kid,
  alg: z.string(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  use: z.string().optional(),
});
const claims = z.object({
  iss: z.string(),
  sub: z.string(),
  iat: moment,
  exp: moment,
  version: counter,
  epoch: counter,
  roots: z.array(jwk.strict()).max(20),
  keys: z.array(jwk.extend({ state: z.enum(["next", "active", "retiring"]) }).strict()).max(50),
  revoked: z.array(z.object({ kid, at: moment, reason: z.string().max(500) })).max(500),
});

export type ParsedKeySet =
  | { readonly ok: true; readonly claims: KeySetClaims }
  | { readonly ok: false; readonly faults: readonly string[] };

/** The claims of a key set as they should be; a key with any other member, a private one above all, is refused. */
export function parseKeySetClaims(value: unknown): ParsedKeySet {
  const parsed = claims.safeParse(value);
  if (!parsed.success)
    return {
      ok: false,
      faults: parsed.error.issues.map(({ path, message }) => `${path.join(".") || "claims"}: ${message}.`),
    };
  return { ok: true, claims: parsed.data };
}
