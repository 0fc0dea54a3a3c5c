import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { requirePermission } from "#lib/core/may.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { emailInput, nameInput, passwordInput } from "#lib/core/person.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { systemActor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { giveRole } from "./giveRole.ts";
import { hashPassword } from "./password.ts";

export const roleInput = z.enum(["member", "reviewer", "admin", "auditor"], { error: "Choose a role." });

const inviteInput = z.object({
  email: emailInput.optional().or(z.literal("")),
  role: roleInput,
  teamId: z.string().optional(),
});

/** Makes an invite link's token. It is shown once, works once and lasts seven days. */
export async function invitePerson(
  ctx: Context,
  actor: Actor,
  input: z.input<typeof inviteInput>,
): Promise<{ token: string }> {
  requirePermission(actor, "administer");
  const asked = parseInput(inviteInput, input);
  const token = ctx.newToken();
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock();
    if (asked.teamId && !(await find(tx, "team", { id: asked.teamId })))
      throw new Refusal("invalid_input", "That team does not exist.", { teamId: "Choose a team." });
    if (asked.email && (await find(tx, "person", { email: asked.email })))
      throw new Refusal("conflict", `${asked.email} already has an account.`, {
        email: "Already has an account.",
      });
    await insert(tx, "invite", {
      tokenHash: sha256Hex(token),
      kind: "invite",
      email: asked.email || null,
      role: asked.role,
      teamId: asked.teamId || null,
      createdBy: actor.kind === "person" ? actor.id : null,
      createdAt: now,
      expiresAt: now + 7 * day,
    });
    await note(ctx, tx, actor, {
      action: "person.invited",
      subject: { kind: "invite", id: sha256Hex(token).slice(0, 16), name: asked.email || asked.role },
      detail: { role: asked.role, teamId: asked.teamId },
    });
  });
  return { token };
}

const acceptInput = z.object({
  token: z.string(),
  name: nameInput,
  email: emailInput,
  password: passwordInput,
});

/** Turns an invite into an account with the role it names; one that decides about trust waits for a reviewer (`confirmRole`). */
export async function acceptInvite(
  ctx: Context,
  input: z.input<typeof acceptInput>,
): Promise<{ personId: string }> {
  const asked = parseInput(acceptInput, input);
  // Hashing is dear on purpose: not for whoever merely guesses at links.
  refuseUnlessOpen(ctx, await find(ctx.db, "invite", { tokenHash: sha256Hex(asked.token), kind: "invite" }));
  const passwordHash = await hashPassword(asked.password);
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock();
    const invite = await find(tx, "invite", { tokenHash: sha256Hex(asked.token), kind: "invite" });
    refuseUnlessOpen(ctx, invite);
    if (invite.email && invite.email !== asked.email)
      throw new Refusal("invalid_input", `This invite is for ${invite.email}.`, {
        email: `This invite is for ${invite.email}.`,
      });
    if (await find(tx, "person", { email: asked.email }))
      throw new Refusal("conflict", "This e-mail address already has an account: sign in.", {
        email: "Already has an account.",
      });
    const inviter =
      invite.createdBy === null ? undefined : await find(tx, "person", { id: invite.createdBy });
    if (invite.createdBy !== null && !(inviter?.active && inviter.role === "admin"))
      throw new Refusal(
        "not_allowed",
        "Whoever invited you is no administrator any more. Ask for a new invite.",
      );
    const personId = ctx.newId();
    const newcomer = { id: personId, role: "member", reviewerUntil: null } as const;
    const given = await giveRole(ctx, tx, newcomer, invite.role, invite.createdBy);
    await insert(tx, "person", {
      ...newcomer,
      ...given,
      email: asked.email,
      name: asked.name,
      passwordHash,
      active: true,
      createdAt: now,
      revision: 1,
    });
    if (invite.teamId) await insert(tx, "membership", { id: ctx.newId(), personId, teamId: invite.teamId });
    await update(tx, "invite", { tokenHash: invite.tokenHash }, { usedAt: now });
    await note(ctx, tx, systemActor, {
      action: "person.created",
      subject: { kind: "person", id: personId, name: asked.name },
      detail: {
        email: asked.email,
        role: invite.role,
        invitedBy: invite.createdBy,
        ...(given.askedRole ? { waitsForReviewer: true } : {}),
      },
    });
    return { personId };
  });
}

function refuseUnlessOpen(ctx: Context, invite: Row<"invite"> | undefined): asserts invite is Row<"invite"> {
  if (!invite || invite.usedAt !== null || invite.expiresAt <= ctx.clock())
    throw new Refusal("not_allowed", "This invite was used or has run out. Ask for a new one.");
}
