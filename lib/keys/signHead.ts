import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { headTyp } from "#lib/core/allowlist/wire.ts";
import { signCompact, signedMaxBytes } from "./signCompact.ts";
import type { Signer } from "./Signer.ts";

/** The limit of a head. */
export const headMaxBytes = signedMaxBytes;

/** Signs a head and verifies it, as `signCompact` does. */
export function signHead(signer: Signer, claims: HeadClaims): Promise<string> {
  return signCompact(signer, claims, headTyp);
}
