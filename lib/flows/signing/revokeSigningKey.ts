import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { mayRevoke, type KeyState } from "#lib/core/keyLife.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { findAll, update } from "#lib/db/rows.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { activateKey, newLocalKey, publishAsNext, revokeInside } from "./signingKeySteps.ts";

const revocation = z.object({
  kid: z.string(),
  reason: z
    .string({ error: "Say why." })
    .trim()
    .min(3, "Say why, in a few words: the reason is published.")
    .max(300, "At most 300 characters."),
});

export interface Revoked {
  /** The key that signs now; null when the worker makes one within a second, or when another key signed all along. */
  readonly successor: string | null;
  readonly was: KeyState;
  /** Whether a root must sign the next key set before servers that follow it stop accepting the key. */
  readonly needsRoot: boolean;
  /** What happens now and what to do next. */
  readonly sentence: string;
}

/**
 * A signing key that may be known to others stops counting: one administrator suffices, for trust shrinks. It leaves the
 * published key set at once. If it was the active one, the next key signs from now on, however young; without a next key
 * a new one is made. Every list is signed anew at once, in a new epoch where no root-signed key set sets the epoch, so
 * that whatever a thief signed is older.
 */
export async function revokeSigningKey(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof revocation>,
): Promise<Revoked> {
  requirePermission(actor, "administer");
  const { kid, reason } = parseInput(revocation, input);
  const spare = ctx.keys ? await newLocalKey(ctx) : undefined;
  return ctx.db.transaction(async (tx) => {
    const key = (await listKnownKeys(tx)).find((each) => each.kid === kid);
    if (!key) throw new Refusal("not_found", `There is no signing key ${kid.slice(0, 64)}.`);
    const answer = mayRevoke(key);
    if (!answer.ok) throw new Refusal("conflict", answer.sentence);
    let successor = await revokeInside(ctx, tx, actor, kid, reason);
    if (key.state === "active" && successor === null && spare) {
      await publishAsNext(ctx, tx, actor, spare);
      await activateKey(ctx, tx, actor, spare.kid);
      successor = spare.kid;
    }
    const newest = await newestKeySet(tx);
    if (!newest && key.state !== "retired") await raiseEpochs(tx);
    await scheduleRelease(ctx, tx, "signing key revoked", 0, []);
    const needsRoot = newest !== undefined;
    return { successor, was: key.state, needsRoot, sentence: sentenceOf(key.state, successor, newest) };
  });
}

/** Without a root nobody else can say that what was signed before counts no more. */
async function raiseEpochs(tx: Write): Promise<void> {
  for (const { id, epoch } of await findAll(tx, "audience"))
    await update(tx, "audience", { id }, { epoch: epoch + 1 });
}

function sentenceOf(
  was: KeyState,
  successor: string | null,
  newest: { readonly version: number; readonly kids: readonly string[] } | undefined,
): string {
  const signs =
    was !== "active"
      ? "The key that signs is another one and stays."
      : successor === null
        ? "The worker makes a new key and signs with it within seconds."
        : `${successor} signs from now on.`;
  if (!newest)
    return `The key left the published key set. ${signs} Every list is signed anew in a new epoch. Servers may accept the revoked key for up to 10 minutes more, until their copy of the key set has run out.`;
  const unnamed = was === "active" && (successor === null || !newest.kids.includes(successor));
  return `The key left the published key set. ${signs} Servers that follow the root ${unnamed ? "refuse new lists, and " : ""}accept what the revoked key signed until key set ${newest.version + 1} is published: run rollcall root propose now, have it signed, and publish it.`;
}
