import { systemActor, type Actor } from "#lib/core/Actor.ts";
import { dueRotation, mayActivate, nextKey } from "#lib/core/keyLife.ts";
import { requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { find, remove, upsert } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { activateKey, changeKey, newLocalKey, nextKeyWish, publishAsNext } from "./signingKeySteps.ts";

/**
 * Takes the steps of the keys' life that are due now: a first key, a next one, the change-over, retirements; and the next
 * key that somebody asked for where it could not be made.
 */
export async function turnSigningKeys(ctx: Context): Promise<void> {
  if (await find(ctx.db, "due", { key: nextKeyWish })) await createNext(ctx, systemActor);
  for (let turn = 0; turn < 4; turn++) {
    const [step] = dueRotation(await listKnownKeys(ctx.db), ctx.clock());
    if (!step) return;
    if (step.step === "create_next") await createNext(ctx, systemActor);
    else if (step.step === "activate")
      await ctx.db.transaction((tx) => activateKey(ctx, tx, systemActor, step.kid));
    else await ctx.db.transaction((tx) => changeKey(ctx, tx, systemActor, step.kid, "retiring", "retired"));
  }
}

export interface Turned {
  /** Null when the worker was asked to make the key. */
  readonly kid: string | null;
  readonly state: "asked" | "next" | "active";
  /** What was done, and what comes next. */
  readonly sentence: string;
}

/**
 * One step of a rotation by hand: the first call publishes a next key; once it was published long enough the
 * second call makes it the signing one. `force` shortens the 24 hours to the hard floor of 20 minutes. Where there are
 * root-signed key sets, one must have named the key for as long.
 */
export async function rotateSigningKey(
  ctx: Context,
  actor: Actor,
  input: { force?: boolean } = {},
): Promise<Turned> {
  requirePermission(actor, "administer");
  const keys = await listKnownKeys(ctx.db);
  const next = nextKey(keys);
  if (!next) return publishNext(ctx, actor, keys.find((key) => key.state === "active")?.external ?? false);
  const answer = mayActivate(next, ctx.clock(), { forced: input.force });
  if (!answer.ok)
    throw new Refusal(
      "not_ready",
      answer.from === undefined
        ? answer.sentence
        : `${answer.sentence} It may sign from ${new Date(answer.from).toISOString()}.`,
    );
  await ctx.db.transaction((tx) => activateKey(ctx, tx, actor, next.kid));
  return {
    kid: next.kid,
    state: "active",
    sentence: "It signs from now on. The key before it goes on verifying until its last list has run out.",
  };
}

async function publishNext(ctx: Context, actor: Actor, external: boolean): Promise<Turned> {
  if (external)
    throw new Refusal(
      "not_ready",
      "The active key is held by the signing service, and so is its successor: make one there, then run rollcall keys adopt NAME.",
    );
  const rooted = (await find(ctx.db, "keySet", {})) !== undefined;
  const then = rooted
    ? "Have the next key set signed by a root (rollcall root propose): the key may sign 24 hours after a published key set names it."
    : "It may sign 24 hours after it was published.";
  if (ctx.keys)
    return { kid: await createNext(ctx, actor), state: "next", sentence: `A next key is published. ${then}` };
  await ctx.db.transaction(async (tx) => {
    if (await find(tx, "due", { key: nextKeyWish })) return;
    await upsert(tx, "due", "key", {
      key: nextKeyWish,
      kind: "next_key",
      subject: "signing keys",
      cause: actor.name,
      at: ctx.clock(),
    });
    await note(ctx, tx, actor, {
      action: "signing_key.asked_for",
      subject: { kind: "signing_key", id: "next", name: "the next key" },
    });
  });
  return { kid: null, state: "asked", sentence: `The worker makes the next key within a second. ${then}` };
}

/** The kid of the next key: the one made here, or the one that another process made a moment ago. */
async function createNext(ctx: Context, actor: Actor): Promise<string> {
  const key = await newLocalKey(ctx);
  return ctx.db.transaction(async (tx) => {
    const other = await find(tx, "signingKey", { state: "next" });
    if (other) {
      await remove(tx, "due", { key: nextKeyWish });
      return other.kid;
    }
    await publishAsNext(ctx, tx, actor, key);
    return key.kid;
  });
}
