import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { nameInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { find, insert, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

const tokenInput = z.object({
  name: nameInput,
  role: z.enum(["ci", "reader", "operator"], { error: "Choose ci, reader or operator." }),
  days: z.coerce.number().int().min(1, "At least one day.").max(730, "At most 730 days.").default(365),
});

/** Makes an API token. It is shown once; only its hash is kept. */
export async function issueToken(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof tokenInput>,
): Promise<{ id: string; token: string }> {
  requirePermission(actor, "administer");
  const asked = parseInput(tokenInput, input);
  const token = `rct_${ctx.newToken()}`;
  const id = ctx.newId();
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock();
    await insert(tx, "apiToken", {
      id,
      name: asked.name,
      tokenHash: sha256Hex(token),
      role: asked.role,
      createdBy: actor.kind === "person" ? actor.id : null,
      createdAt: now,
      expiresAt: now + asked.days * day,
    });
    await note(ctx, tx, actor, {
      action: "token.issued",
      subject: { kind: "token", id, name: asked.name },
      detail: { role: asked.role, days: asked.days },
    });
  });
  return { id, token };
}

/** Ends a token at once. */
export async function revokeToken(ctx: Context, actor: Actor, input: { id: string }): Promise<void> {
  requirePermission(actor, "administer");
  await ctx.db.transaction(async (tx) => {
    const token = await find(tx, "apiToken", { id: input.id });
    if (!token) throw new Refusal("not_found", "There is no such token.");
    if (token.revokedAt !== null) return;
    await update(tx, "apiToken", { id: token.id }, { revokedAt: ctx.clock() });
    await note(ctx, tx, actor, {
      action: "token.revoked",
      subject: { kind: "token", id: token.id, name: token.name },
    });
  });
}
