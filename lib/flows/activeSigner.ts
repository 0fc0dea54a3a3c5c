import type { HeadClaims } from "#lib/core/allowlist/wire.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";

/** The key that signs now. Only a process that holds the key-encryption key gets one. */
export async function activeSigner(
  ctx: Context,
): Promise<{ kid: string; sign(claims: HeadClaims): Promise<string> }> {
  const { keys } = ctx;
  if (!keys) throw new Error("This process does not hold the key-encryption key: only the worker signs.");
  const row = await find(ctx.db, "signingKey", { state: "active" });
  if (!row)
    throw new Refusal(
      "not_ready",
      "There is no active signing key. Start the worker once, or run: rollcall keys rotate.",
    );
  const signer = await keys.open(row.sealedPrivateJwk, row.kid).catch((cause: unknown) => {
    throw new Refusal(
      "not_ready",
      `The active signing key ${row.kid} cannot be opened: the key-encryption key is not the one it was sealed with. Restore that key (${ctx.config.keyEncryptionKeyFile} or ROLLCALL_KEY_ENCRYPTION_KEY). ${(cause as Error).message}`,
    );
  });
  return { kid: row.kid, sign: (claims) => keys.sign(signer, claims) };
}
