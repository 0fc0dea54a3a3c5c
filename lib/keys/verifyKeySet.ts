import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import type { PublicJwk } from "#lib/core/allowlist/wire.ts";
import { keySetTyp } from "#lib/core/allowlist/wire.ts";
import { signedMaxBytes } from "./signCompact.ts";

export type VerifiedKeySet =
  | { readonly ok: true; readonly kid: string; readonly claims: unknown }
  | { readonly ok: false; readonly sentence: string };

/**
 * Verifies the signature of a key set with one of these roots: those of the key set before it. Without roots, for
 * version 1, its own count; whether they are the right ones is for whoever reads the thumbprint. What the claims say is
 * not judged here.
 */
export async function verifyKeySet(jws: string, roots?: readonly PublicJwk[]): Promise<VerifiedKeySet> {
  if (jws.length > signedMaxBytes) return no(`It has more than ${signedMaxBytes} bytes.`);
  let header: Record<string, unknown>;
  try {
    header = decodeProtectedHeader(jws);
  } catch {
    return no("It is not a compact JWS.");
  }
  const extra = Object.keys(header).filter((name) => !["alg", "kid", "typ"].includes(name));
  if (extra.length > 0) return no(`Its header carries ${extra.join(" ")}, which a key set may not.`);
  const { alg, kid, typ } = header;
  if (typ !== keySetTyp) return no(`Its typ is ${String(typ)}; a key set's is ${keySetTyp}.`);
  if (alg !== "ES256" || typeof kid !== "string") return no("It is not signed with ES256 by a named key.");
  const root = (roots ?? ownRoots(jws)).find((each) => each.kid === kid);
  if (!root)
    return no(
      roots
        ? `It is signed by ${kid}, which is not a root of the key set before it (${roots.map((each) => each.kid).join(", ")}).`
        : `It is signed by ${kid}, which is not among its own roots.`,
    );
  try {
    const { payload } = await compactVerify(jws, await importJWK(root, alg), { algorithms: [alg] });
    return { ok: true, kid, claims: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)) };
  } catch {
    return no(`The signature of the root ${kid} does not verify: the file was changed or cut off.`);
  }
}

function ownRoots(jws: string): PublicJwk[] {
  try {
    const claims = JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString("utf8")) as {
      roots?: unknown;
    };
    return Array.isArray(claims.roots) ? (claims.roots as PublicJwk[]).filter((each) => each !== null) : [];
  } catch {
    return [];
  }
}

function no(sentence: string): VerifiedKeySet {
  return { ok: false, sentence };
}
