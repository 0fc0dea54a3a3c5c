import { z } from "zod";
import { systemActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { emailInput, nameInput, passwordInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { find, insert, remove, update } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { hashPassword } from "./password.ts";

/** A one-time token with which the first administrator is created; undefined once anybody is there. Each call voids the one before. */
export async function issueFirstAdminToken(ctx: Context): Promise<string | undefined> {
  const token = ctx.newToken();
  return ctx.db.transaction(async (tx) => {
    const person = (await find(tx, "person", {})) !== undefined;
    await remove(tx, "invite", { kind: "first_admin", usedAt: null });
    if (person) return undefined;
    const now = ctx.clock();
    await insert(tx, "invite", {
      tokenHash: sha256Hex(token),
      kind: "first_admin",
      role: "admin",
      createdAt: now,
      expiresAt: now + 7 * day,
    });
    return token;
  });
}

const adminInput = z.object({
  token: z.string(),
  name: nameInput,
  email: emailInput,
  password: passwordInput,
});

/** Creates the first administrator, once, for whoever holds the one-time token. */
export async function createFirstAdmin(
  ctx: Context,
  input: z.input<typeof adminInput>,
): Promise<{ personId: string }> {
  const asked = parseInput(adminInput, input);
  // Hashing is dear on purpose: not for whoever merely guesses at links.
  if (!(await find(ctx.db, "invite", { tokenHash: sha256Hex(asked.token), kind: "first_admin" })))
    throw usedUp();
  const passwordHash = await hashPassword(asked.password);
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock();
    const invite = await find(tx, "invite", { tokenHash: sha256Hex(asked.token), kind: "first_admin" });
    if (!invite || invite.usedAt !== null || invite.expiresAt <= now || (await find(tx, "person", {})))
      throw usedUp();
    const personId = ctx.newId();
    await insert(tx, "person", {
      id: personId,
      email: asked.email,
      name: asked.name,
      role: "admin",
      passwordHash,
      active: true,
      createdAt: now,
      revision: 1,
    });
    await update(tx, "invite", { tokenHash: invite.tokenHash }, { usedAt: now });
    await note(ctx, tx, systemActor, {
      action: "person.created",
      subject: { kind: "person", id: personId, name: asked.name },
      detail: { email: asked.email, role: "admin", first: true },
    });
    return { personId };
  });
}

function usedUp(): Refusal {
  return new Refusal(
    "not_allowed",
    "This link was used or has run out. Restart Rollcall to print a new one, or sign in.",
  );
}
