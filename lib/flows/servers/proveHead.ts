import { verifyHead } from "#lib/consumer/verifyHead.ts";
import type { LatestHead } from "#lib/core/allowlist/wire.ts";
import type { Context } from "#lib/context.ts";
import { find, type Row } from "#lib/db/rows.ts";

/**
 * The key of ours that signed the head which a server says it runs, when the server sent that very head along; undefined
 * when there is only its word. A head that has ended proves as much as one that counts.
 */
export async function proveHead(
  ctx: Context,
  audience: Row<"audience">,
  said: LatestHead & { readonly head?: string | undefined },
): Promise<string | undefined> {
  if (said.head === undefined) return undefined;
  const [header, payload] = said.head.split(".").map(readPart);
  const key = await ownKey(ctx, String(header?.["kid"]));
  if (!key) return undefined;
  const { baseUrl } = ctx.config;
  const verified = await verifyHead(said.head, {
    iss: baseUrl,
    sub: `${baseUrl}/v1/lists/${audience.slug}/head`,
    algs: ["ES256"],
    keyFor: async () => key,
    remembered: null,
    now: Number(payload?.["iat"]),
  }).catch(() => undefined);
  if (!verified) return undefined;
  const { claims, digest, kid } = verified;
  const isSame = (["epoch", "seq", "rev"] as const).every((member) => claims[member] === said[member]);
  return isSame && digest === said.digest ? kid : undefined;
}

async function ownKey(ctx: Context, kid: string): Promise<CryptoKey | undefined> {
  const row = await find(ctx.db, "signingKey", { kid });
  if (!row || row.state === "revoked") return undefined;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  return crypto.subtle.importKey("jwk", row.publicJwk as JsonWebKey, curve, true, ["verify"]);
}

/** A part of a compact JWS before it is verified: good for nothing but to look up what it is verified with. */
function readPart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
