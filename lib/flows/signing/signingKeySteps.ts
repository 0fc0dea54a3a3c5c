import type { Actor } from "#lib/core/Actor.ts";
import type { KeyState } from "#lib/core/keyLife.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { nextKey } from "#lib/core/keyLife.ts";
import type { Context, Keys } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { find, insert, remove, update, type NewRow } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

/** The due row by which a process without the key-encryption key asks for a next key. */
export const nextKeyWish = "keys:next";

/** What signs no more cannot be stolen any more. */
const forgotten = { sealedPrivateJwk: "" };

type NewKey = Pick<NewRow<"signingKey">, "kid" | "alg" | "publicJwk" | "sealedPrivateJwk" | "external">;

/** A new key of this installation, sealed, in no state yet. */
export async function newLocalKey(ctx: Context): Promise<NewKey> {
  const { kid, alg, publicJwk, sealed } = await requireKeys(ctx).create();
  return { kid, alg, publicJwk: { ...publicJwk }, sealedPrivateJwk: sealed };
}

export async function publishAsNext(ctx: Context, tx: Write, actor: Actor, key: NewKey): Promise<void> {
  await insert(tx, "signingKey", { ...key, state: "next", publishedAt: ctx.clock() });
  await remove(tx, "due", { key: nextKeyWish });
  await note(ctx, tx, actor, {
    action: "signing_key.published",
    subject: subjectOf(key.kid),
    detail: key.external ? { external: key.external } : undefined,
  });
}

/** A next key becomes the active one; the active one goes on verifying. */
export async function activateKey(ctx: Context, tx: Write, actor: Actor, kid: string): Promise<void> {
  if ((await find(tx, "signingKey", { kid }))?.state !== "next") return;
  const active = await find(tx, "signingKey", { state: "active" });
  if (active) await changeKey(ctx, tx, actor, active.kid, "active", "retiring");
  await changeKey(ctx, tx, actor, kid, "next", "active");
}

export async function changeKey(
  ctx: Context,
  tx: Write,
  actor: Actor,
  kid: string,
  from: KeyState,
  state: "active" | "retiring" | "retired",
): Promise<void> {
  const column = ({ active: "activatedAt", retiring: "retiringAt", retired: "retiredAt" } as const)[state];
  const change = { state, [column]: ctx.clock(), ...(state === "retired" ? forgotten : {}) };
  if ((await update(tx, "signingKey", { kid, state: from }, change)) === 0) return;
  await note(ctx, tx, actor, { action: `signing_key.${state}`, subject: subjectOf(kid) });
}

/**
 * A key stops counting: it leaves the published key set with this transaction. When it was the active one, the next key
 * that servers know best signs from now on; the kid of that one is returned, null when none was there.
 */
export async function revokeInside(
  ctx: Context,
  tx: Write,
  actor: Actor,
  kid: string,
  reason: string,
): Promise<string | null> {
  const row = await find(tx, "signingKey", { kid });
  if (!row || row.state === "revoked") return null;
  await update(
    tx,
    "signingKey",
    { kid },
    { state: "revoked", revokedAt: ctx.clock(), revokedReason: reason, ...forgotten },
  );
  await note(ctx, tx, actor, {
    action: "signing_key.revoked",
    subject: subjectOf(kid),
    detail: { reason, was: row.state },
  });
  if (row.state !== "active") return null;
  const next = nextKey(await listKnownKeys(tx));
  if (next) await changeKey(ctx, tx, actor, next.kid, "next", "active");
  return next?.kid ?? null;
}

export const subjectOf = (kid: string) => ({ kind: "signing_key" as const, id: kid, name: kid });

export function requireKeys(ctx: Context): Keys {
  if (!ctx.keys)
    throw new Refusal(
      "not_ready",
      "This process does not hold the key-encryption key, so it cannot make signing keys.",
    );
  return ctx.keys;
}
