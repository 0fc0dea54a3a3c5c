import type { HeadClaims, PublicJwk } from "#lib/core/allowlist/wire.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context, Keys } from "#lib/context.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { setCondition } from "#lib/flows/setCondition.ts";
import { subjectOf } from "./signingKeySteps.ts";

/** The condition that says whether the active key can sign. */
export const signerCondition = "signer";

export interface ActiveSigner {
  readonly kid: string;
  /** A verified head, or a refusal that says why there is none; administrators see it as a condition. */
  sign(claims: HeadClaims): Promise<string>;
}

/**
 * The key that signs now: opened with the key-encryption key, or held by the signing service. Only a process that holds
 * the key-encryption key gets one.
 */
export async function activeSigner(ctx: Context): Promise<ActiveSigner> {
  const { keys } = ctx;
  if (!keys) throw new Error("This process does not hold the key-encryption key: only the worker signs.");
  const [row, known] = await Promise.all([
    find(ctx.db, "signingKey", { state: "active" }),
    find(ctx.db, "condition", { key: signerCondition }),
  ]);
  if (!row)
    throw new Refusal(
      "not_ready",
      "There is no active signing key. Start the worker once, or run: rollcall keys rotate.",
    );
  const signer = await open(ctx, keys, row).catch((error: unknown) => refuse(ctx, row.kid, error as Error));
  return {
    kid: row.kid,
    async sign(claims) {
      try {
        const jws = await keys.sign(signer, claims);
        if (known && !known.ok) await recover(ctx, row.kid);
        return jws;
      } catch (error) {
        // A list too large for a head is no fault of the signer.
        if (error instanceof RangeError) throw error;
        return refuse(ctx, row.kid, error as Error);
      }
    },
  };
}

async function open(ctx: Context, keys: Keys, row: Row<"signingKey">) {
  if (row.external === null)
    return keys.open(row.sealedPrivateJwk, row.kid).catch((cause: unknown) => {
      throw new Error(
        `The active signing key ${row.kid} cannot be opened: the key-encryption key is not the one it was sealed with. Restore that key (${ctx.config.keyEncryptionKeyFile} or ROLLCALL_KEY_ENCRYPTION_KEY). ${(cause as Error).message}`,
      );
    });
  if (!keys.external)
    throw new Error(
      `The active signing key is held by a signing service as ${row.external}, and none is configured: set ROLLCALL_SIGNER_URL.`,
    );
  return keys.external.signer(row.external, row.publicJwk as unknown as PublicJwk);
}

async function recover(ctx: Context, kid: string): Promise<void> {
  const is = { ok: true, sentence: "Lists are signed again." };
  const event = { action: "signing_key.recovered", subject: subjectOf(kid) };
  await ctx.db.transaction((tx) => setCondition(ctx, tx, signerCondition, is, event));
}

async function refuse(ctx: Context, kid: string, { message }: Error): Promise<never> {
  const is = { ok: false, sentence: message };
  const event = { action: "signing_key.failing", subject: subjectOf(kid) };
  await ctx.db.transaction((tx) => setCondition(ctx, tx, signerCondition, is, event));
  throw new Refusal("not_ready", message);
}
