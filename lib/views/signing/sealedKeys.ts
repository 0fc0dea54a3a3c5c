import type { KeyState } from "#lib/core/keyLife.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";

/** Every signing key that may still have to sign, as it is stored: sealed. Those of a signing service are not among them. */
export async function sealedKeys(db: Read): Promise<{ kid: string; state: KeyState; sealed: string }[]> {
  const rows = await findAll(db, "signingKey");
  return rows
    .filter(({ external, state }) => external === null && (state === "next" || state === "active"))
    .map(({ kid, state, sealedPrivateJwk }) => ({ kid, state, sealed: sealedPrivateJwk }));
}
