import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { externalKeyName } from "#lib/core/externalKeyName.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { publishAsNext, requireKeys } from "./signingKeySteps.ts";

const adoption = z.object({
  name: z
    .string({ error: "Name the key." })
    .regex(externalKeyName, "Use the name that the signing service has for it, such as alias/cimd-heads."),
});

/**
 * Publishes a key that the signing service holds as the next one. The service signs a probe first: a key that it does not
 * have, or another key's signature, is never published.
 */
export async function adoptExternalKey(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof adoption>,
): Promise<{ kid: string; state: "next"; sentence: string }> {
  requirePermission(actor, "administer");
  const { name } = parseInput(adoption, input);
  const { external, probe } = requireKeys(ctx);
  if (!external)
    throw new Refusal(
      "not_ready",
      "No signing service is configured. Set ROLLCALL_SIGNER_URL and, if it wants one, ROLLCALL_SIGNER_TOKEN.",
    );
  const publicJwk = await outside(external.publicKey(name));
  await outside(probe(external.signer(name, publicJwk)));
  const { kid } = publicJwk;
  await ctx.db.transaction(async (tx) => {
    const known = await find(tx, "signingKey", { kid });
    if (known) throw new Refusal("conflict", `This key is known already: ${kid} is ${known.state}.`);
    const next = await find(tx, "signingKey", { state: "next" });
    if (next)
      throw new Refusal(
        "conflict",
        `There is a next key already: ${next.kid}. Let it sign (rollcall keys rotate), or revoke it, first.`,
      );
    await publishAsNext(ctx, tx, actor, {
      kid,
      alg: "ES256",
      publicJwk: { ...publicJwk },
      sealedPrivateJwk: "",
      external: name,
    });
  });
  return {
    kid,
    state: "next",
    sentence: "It is published as the next key. Let it sign with rollcall keys rotate, 24 hours from now.",
  };
}

async function outside<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Refusal("unavailable", `${(error as Error).message} Nothing was published.`);
  }
}
