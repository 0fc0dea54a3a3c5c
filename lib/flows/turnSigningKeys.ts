import { systemActor, type Actor } from "#lib/core/Actor.ts";
import { dueRotation, mayActivate, type KeyLife, type KeyState } from "#lib/core/keyLife.ts";
import { requirePermission } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context, Keys } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { find, findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "./note.ts";

/** Takes the steps of the keys' life that are due now: a first key, a next one, the change-over, retirements. */
export async function turnSigningKeys(ctx: Context): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    const [step] = dueRotation(await lives(ctx.db), ctx.clock());
    if (!step) return;
    if (step.step === "create_next") await createNext(ctx, systemActor);
    else if (step.step === "activate") await activate(ctx, systemActor, step.kid);
    else await ctx.db.transaction((tx) => change(ctx, tx, systemActor, step.kid, "retiring", "retired"));
  }
}

/**
 * One step of a rotation by hand: the first call publishes a next key; once it was published long enough the
 * second call makes it the signing one. `force` shortens the 24 hours to the hard floor of 20 minutes.
 */
export async function rotateSigningKey(
  ctx: Context,
  actor: Actor,
  input: { force?: boolean } = {},
): Promise<{ kid: string; state: "next" | "active" }> {
  requirePermission(actor, "administer");
  const next = (await lives(ctx.db)).find((key) => key.state === "next");
  if (!next) return { kid: await createNext(ctx, actor), state: "next" };
  const answer = mayActivate(next, ctx.clock(), { forced: input.force });
  if (!answer.ok)
    throw new Refusal(
      "not_ready",
      `${answer.sentence} It may sign from ${new Date(answer.from ?? 0).toISOString()}.`,
    );
  await activate(ctx, actor, next.kid);
  return { kid: next.kid, state: "active" };
}

/** The kid of the next key: the one made here, or the one that another process made a moment ago. */
async function createNext(ctx: Context, actor: Actor): Promise<string> {
  const key = await requireKeys(ctx).create();
  const now = ctx.clock();
  return ctx.db.transaction(async (tx) => {
    const other = await find(tx, "signingKey", { state: "next" });
    if (other) return other.kid;
    await insert(tx, "signingKey", {
      kid: key.kid,
      alg: key.alg,
      state: "next",
      publicJwk: { ...key.publicJwk },
      sealedPrivateJwk: key.sealed,
      publishedAt: now,
    });
    await note(ctx, tx, actor, {
      action: "signing_key.published",
      subject: { kind: "signing_key", id: key.kid, name: key.kid },
    });
    return key.kid;
  });
}

async function activate(ctx: Context, actor: Actor, kid: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if ((await find(tx, "signingKey", { kid }))?.state !== "next") return;
    const active = await find(tx, "signingKey", { state: "active" });
    if (active) await change(ctx, tx, actor, active.kid, "active", "retiring");
    await change(ctx, tx, actor, kid, "next", "active");
  });
}

async function change(
  ctx: Context,
  tx: Write,
  actor: Actor,
  kid: string,
  from: KeyState,
  state: "active" | "retiring" | "retired",
): Promise<void> {
  const column = ({ active: "activatedAt", retiring: "retiringAt", retired: "retiredAt" } as const)[state];
  if ((await update(tx, "signingKey", { kid, state: from }, { state, [column]: ctx.clock() })) === 0) return;
  await note(ctx, tx, actor, {
    action: `signing_key.${state}`,
    subject: { kind: "signing_key", id: kid, name: kid },
  });
}

async function lives(db: Read): Promise<KeyLife[]> {
  return (await findAll(db, "signingKey")).map((row: Row<"signingKey">) => ({
    kid: row.kid,
    state: row.state,
    publishedAt: row.publishedAt,
    activatedAt: row.activatedAt ?? undefined,
    lastExp: row.lastHeadExpiresAt ?? undefined,
  }));
}

function requireKeys(ctx: Context): Keys {
  if (!ctx.keys)
    throw new Refusal(
      "not_ready",
      "This process does not hold the key-encryption key, so it cannot make signing keys.",
    );
  return ctx.keys;
}
